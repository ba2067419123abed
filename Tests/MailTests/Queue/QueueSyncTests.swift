import Foundation
import Glibc
import TestSupport
import Testing

@testable import Mail

@Suite("What the disk has when a message is acknowledged")
struct QueueSyncTests {
  @Test(
    "all that was written of it is synced before", .timeLimit(.minutes(10)),
    .enabled(if: Tracer.isPossible, "strace is not installed, or may not attach"))
  func syncedBeforeAcknowledged() async throws {
    let directory = try TemporaryDirectory()
    await #expect(processExitsWith: .success) { [folder = directory.path as String] in
      let queue = try MessageQueue(
        path: "\(folder)/queue.sqlite",
        environment: QueueEnvironment(
          calendar: { .tuesday }, hostName: { "mail.example.com" }, nextID: { nil }))
      try await Tracer.start(output: "\(folder)/trace")
      let notes = open("\(folder)/notes", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      // One after the other: so the log holds nothing of a later one.
      for number in 1...20 {
        let id = MessageID(number: number)
        try await queue.take(
          NewMessage(
            id: id, sender: "a@x.example", recipients: ["b@y.example"],
            content: Array(repeating: 65, count: number * 997), receivedAt: .tuesday))
        _ = write(notes, "accepted\n", 9)
        try await queue.settle([id: [0: .delivered]])
        _ = write(notes, "settled\n", 8)
      }
    }
    // It writes its last lines when the process has ended.
    try await eventually("the end of the trace") {
      try directory.text("trace").components(separatedBy: "/notes>").count > 40
    }
    var log = LogState()
    var acknowledged = 0
    for line in try directory.text("trace").split(separator: "\n") {
      if line.contains("write(") && line.contains("/notes>") {
        acknowledged += 1
        #expect(log.isWritten, "acknowledgement \(acknowledged) came before anything was written")
        #expect(log.isSynced, "acknowledgement \(acknowledged) came before the sync")
        log = LogState()
      } else {
        log.read(line)
      }
    }
    #expect(acknowledged == 40)
  }
}

/// What happened to the write-ahead log since the last acknowledgement.
private struct LogState {
  private(set) var isWritten = false
  private(set) var isSynced = false
  /// Threads whose sync of the log has begun.
  private var syncing: Set<Substring> = []

  /// Reads a line such as `17 fdatasync(5</a/queue.sqlite-wal>) = 0`, or half of it, cut by
  /// `<unfinished ...>`.
  mutating func read(_ line: Substring) {
    let thread = line.prefix { $0 != " " }
    let isSync = line.contains("sync(") || line.contains("sync resumed>")
    if line.contains("pwrite64("), line.contains("queue.sqlite-wal>") {
      isWritten = true
      isSynced = false
    } else if isSync, line.contains("queue.sqlite-wal>") || syncing.remove(thread) != nil {
      if line.hasSuffix("<unfinished ...>") { syncing.insert(thread) }
      if line.hasSuffix("= 0") { isSynced = true }
    }
  }
}

/// A strace of this process, which ends with it.
private enum Tracer {
  /// Whether it is there, and the system lets a child look at its parent.
  static var isPossible: Bool {
    let scope = try? String(contentsOfFile: "/proc/sys/kernel/yama/ptrace_scope", encoding: .utf8)
    let mayAttach = geteuid() == 0 || scope == nil || scope?.hasPrefix("0") == true
    return findProgram("strace") != nil && mayAttach
  }

  static func start(output: String) async throws {
    let process = Process()
    process.executableURL = URL(filePath: findProgram("strace") ?? "strace")
    process.arguments = [
      "-f", "-y", "-qq", "-e", "signal=none", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o",
      output, "-p", "\(getpid())",
    ]
    try process.run()
    try await eventually("strace") {
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      return !status.contains("TracerPid:\t0\n")
    }
  }
}
