import Foundation

/// One measured thing: its runs, and the goal if there is one.
struct Figure {
  /// What was measured; `…` in front where it belongs to the figure above it.
  let name: String
  /// Such as `ms` or `/s`.
  let unit: String
  let runs: [Double]
  /// The value to stay below, or above for a rate.
  var goal: Double?

  var spread: Spread { Spread(runs) }

  /// A row of a table.
  var row: String {
    let goal = goal.map { "\(Spread.text($0)) \(unit)" } ?? ""
    return "| \(name) | \(Spread.text(spread.median)) \(unit) | \(spread.range) | \(runs.count) "
      + "| \(goal) |"
  }
}

extension [Figure] {
  /// All as a table of Markdown.
  var table: String {
    """
    | what | median | least – greatest | runs | goal |
    |---|---|---|---|---|
    \(map(\.row).joined(separator: "\n"))

    """
  }
}

/// The median of some runs, and the least and the greatest of all of them.
struct Spread {
  let median: Double
  let least: Double
  let greatest: Double

  init(_ runs: [Double]) {
    let sorted = runs.sorted()
    median = sorted[sorted.count / 2]
    least = sorted[0]
    greatest = sorted[sorted.count - 1]
  }

  /// `28.8 – 38.8`.
  var range: String { "\(Self.text(least)) – \(Self.text(greatest))" }

  /// `36.1 (28.8 – 38.8)`.
  var cell: String { "\(Self.text(median)) (\(range))" }

  /// Three digits that count, or all before the point: `0.09`, `36.1`, `9,488`.
  static func text(_ value: Double) -> String {
    guard value >= 100 else { return String(format: value < 10 ? "%.2f" : "%.1f", value) }
    return grouped(Int(value.rounded()))
  }

  /// A number with a comma between each three digits.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    let groups = stride(from: digits.count, to: 0, by: -3).map { digits.prefix($0).suffix(3) }
    return groups.reversed().joined(separator: ",")
  }
}
