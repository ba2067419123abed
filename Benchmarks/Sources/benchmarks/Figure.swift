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
      and making of the appliance subtracted by replaying one with a single prompt. Command lines
      are the slowest: each asks the database for the newest version and for the user's role.
    - *Against Postfix* (3.7, same certificate, TLS 1.2, no resumption, logs on; one load program in the
      same run, alternating, three seconds each, the first round not counted): what a client does is
      banner, EHLO, STARTTLS, EHLO, QUIT; or one 10 KiB message in clear. Both servers keep what they take
      (deliveries suspended; hold queue). *Server's CPU* is that of all its processes, for each session or
      message. The load shares the two cores with the server; *its own CPU* bounds every ratio, and the
      line below it says what a server without any cost would reach.

    ## Where the goals are missed, and why

    Profiles were taken with `perf record -e cpu-clock --call-graph dwarf` on the release build.

    - *STARTTLS, RSA-2048.* About half of a session's time is libcrypto's and libssl's, the same for both
      servers: one private-key operation alone takes 0.35 ms (`openssl speed`), a third of our session
      and a fifth of Postfix's. What is ours, some 30 %, is spread over NIO's channels, reference counts
      and buffers without a peak; the kernel's part is 20 %. With ECDSA, whose key operation
      costs next to nothing, the goal for CPU is met. Log lines in batches, and buffers as
      small as the records, took about a tenth away; no other tenth was found in one place.
    - *Durable messages on eight standing connections.* A message costs a third of what it costs Postfix,
      but the two cores are busy to four fifths only: a client sends its next message when the last one
      is on disk, so that no transaction ever holds more than eight messages. Of the
      server's time a half is spent on the event loops (four round trips a message), a third on the
      write-ahead log (a page a system call), 7 % on the sync itself, 6 % on the mail log. Other page sizes of
      the database changed nothing that could be measured.
    - *Memory after 5,000 connections* stays, but does not grow when as many come again: it is
      the allocator's, and serves the next ones.
    - *First prompt.* Making the listeners' contexts behind the prompt competes with it for two cores;
      reading the committed rows and instantiating Swift's generic types take most of the rest.

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
