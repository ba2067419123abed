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
    func text(_ value: Double) -> String { String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value) }
    let goal = goal.map { "\(text($0)) \(unit)" } ?? ""
    return
      "| \(name) | \(text(median)) \(unit) | \(text(sorted[0])) – \(text(sorted[sorted.count - 1])) "
      + "| \(runs.count) | \(goal) |"
  }
}

/// `docs/performance.md`.
struct Page {
  let figures: [Figure]

  var text: String {
    """
    # Performance, as measured

    Written by `make bench` (release build); medians, with the least and the greatest of all runs.
    Machine: \(machine).

    | what | median | least – greatest | runs | goal |
    |---|---|---|---|---|
    \(figures.map(\.row).joined(separator: "\n"))

    - *First prompt*: from the start of the process to the last byte of the first main prompt on a
      pseudo terminal, engine included (its lock and slot are taken before the first output, its
      listeners open behind the prompt). The appliance exists already: making its key is apart.
    - *sh*: an interactive dash on the same pseudo terminal, for scale.
    - *Commit*: from the line `commit x` written to the pipe to `Changes committed` read from it,
      one changed object among so many destination entries, without an engine.
    - *Write and sync*: 4 KiB written and fdatasync'ed in the same folder: what the disk costs.
    - *Replay*: prompts a second of `esash replay` on one long transcript, start of the process
      and making of the appliance subtracted by replaying one with a single prompt. Mixed rounds
      miss the goal: each list of certificates checks the signatures of every chain anew, and each
      command line asks the database for the newest version.

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
