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
      one changed object among so many destination entries; the shell is the engine.
    - *Write and sync*: 4 KiB written and fdatasync'ed in the same folder: what the disk costs.
    - *Replay*: prompts a second of `esash replay` on one long transcript, start of the process
      and making of the appliance subtracted by replaying one with a single prompt. Mixed rounds
      miss the goal: each list of certificates checks the signatures of every chain anew, and each
      command line asks the database for the newest version.
    - *Commit* costs about three times what it did before the engine served mail, and misses its goal
      with 10,000 entries; which part of applying a configuration takes it has not been profiled.
    - *Against Postfix* (3.7, same certificate, TLS 1.2, no resumption, logs on; one load program in the
      same run, alternating, three seconds each, the first round not counted): what a client does is
      banner, EHLO, STARTTLS, EHLO, QUIT; or one 10 KiB message in clear. Both servers keep what they take
      (deliveries suspended; hold queue). *Server's CPU* is that of all its processes, for each session or
      message. The load shares the two cores with the server. RSA-2048 misses its goals
      by little, eight standing connections reach half of theirs; neither has been profiled.

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
