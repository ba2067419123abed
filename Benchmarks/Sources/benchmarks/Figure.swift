import Foundation

/// One measured thing: its runs, and the goal if there is one.
struct Figure {
  let name: String
  /// `ms` or `/s`.
  let unit: String
  let runs: [Double]
  /// The value to stay below, or above for a rate.
  var goal: Double?

  var median: Double { runs.sorted()[runs.count / 2] }
  var row: String {
    let sorted = runs.sorted()
    func text(_ value: Double) -> String {
      String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
    }
    let goal = goal.map { "\(text($0)) \(unit)" } ?? ""
    return
      "| \(name) | \(text(median)) \(unit) | \(text(sorted[0])) – \(text(sorted[sorted.count - 1])) "
      + "| \(runs.count) | \(goal) |"
  }
}

/// `docs/performance.md`.
struct Page {
  let figures: [Figure]

  private static let begin = "<!-- figures -->\n"
  private static let end = "<!-- end of figures -->\n"

  /// The page with these figures in the place of the old ones.
  func text(replacing old: String) -> String {
    guard let begin = old.range(of: Self.begin), let end = old.range(of: Self.end) else {
      return old + Self.begin + table + Self.end
    }
    return String(old[..<begin.upperBound]) + table + String(old[end.lowerBound...])
  }

  private var table: String {
    """
    Machine: \(machine).

    | what | median | least – greatest | runs | goal |
    |---|---|---|---|---|
    \(figures.map(\.row).joined(separator: "\n"))

    """
  }

  private var machine: String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model =
      info.split(separator: "\n").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":").last }.map(String.init) ?? "unknown processor"
    return "\(ProcessInfo.processInfo.processorCount) cores,\(model)"
  }
}
