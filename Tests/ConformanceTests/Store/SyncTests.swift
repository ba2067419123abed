import Foundation
import Testing
import TestSupport

@Suite("What the disk has when a commit is acknowledged")
struct SyncTests {
  @Test(
    "before each `Changes committed`, all that was written to the log of the database is synced",
    .enabled(if: OutsideProgram.isExpected("strace"), "strace is not installed"))
  func syncedBeforeAcknowledged() async throws {
    let directory = try TemporaryDirectory()
    let strace = try #require(findProgram("strace"), "strace is not installed")
    let commits = 12
    let process = try EsashProcess(
      ["shell", "--appliance", directory.path("appliance")],
      under: [
        strace, "-f", "-y", "-qq", "-s", "256", "-e", "signal=none", "-e",
        "trace=write,pwrite64,fsync,fdatasync", "-o", directory.path("trace"),
      ])
    // Each commit is sent when the one before it is acknowledged: so the log holds no later one.
    for number in 0..<commits {
      try process.type("sethostname n\(number).example.com\ncommit \"\(number)\"")
      try await process.waitFor("\nChanges committed: ")
    }
    #expect(try await process.wait() == 0, "\(process.errors)")

    let calls = SystemCall.parse(try directory.text("trace"))
    let acknowledgements = calls.filter {
      $0.name == "write" && $0.rest.hasPrefix("1<") && $0.rest.contains("Changes committed: ")
    }
    #expect(acknowledgements.count == commits)
    var previous = -1
    for (number, acknowledgement) in acknowledgements.enumerated() {
      let before = calls.filter { $0.isOnLog && $0.start < acknowledgement.start }
      let written = try #require(
        before.last { $0.name.hasSuffix("write") || $0.name == "pwrite64" })
      #expect(written.start > previous, "commit \(number) wrote nothing")
      let isSynced = before.contains { call in
        call.name.hasSuffix("sync") && call.start > written.end
          && call.end < acknowledgement.start && call.hasSucceeded
      }
      #expect(isSynced, "commit \(number) was acknowledged before it was synced")
      previous = acknowledgement.start
    }
  }
}

/// One system call of a trace, which may begin on one line and end on a later one.
private struct SystemCall {
  let name: String
  /// Everything behind the opening parenthesis, of both lines.
  var rest: String
  /// The numbers of the lines on which it begins and ends.
  let start: Int
  var end: Int

  /// Whether it is about the write-ahead log of the configuration's database.
  var isOnLog: Bool { rest.prefix { $0 != ">" }.hasSuffix("/esash.sqlite-wal") }
  var hasSucceeded: Bool { rest.hasSuffix("= 0") }

  /// Reads lines such as `17 fsync(5</a/b>) = 0`, `17 fsync(5</a/b> <unfinished ...>`, and
  /// `17 <... fsync resumed>) = 0`.
  static func parse(_ trace: String) -> [SystemCall] {
    var calls: [SystemCall] = []
    var unfinished: [Substring: Int] = [:]
    for (number, line) in trace.split(separator: "\n").enumerated() {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let (thread, text) = (parts[0], parts[1].drop { $0 == " " })
      if text.hasPrefix("<... "), let index = unfinished.removeValue(forKey: thread) {
        calls[index].rest += text
        calls[index].end = number
      } else if let parenthesis = text.firstIndex(of: "(") {
        let isUnfinished = text.hasSuffix("<unfinished ...>")
        if isUnfinished { unfinished[thread] = calls.count }
        calls.append(
          SystemCall(
            name: String(text[..<parenthesis]), rest: String(text[parenthesis...].dropFirst()),
            start: number, end: isUnfinished ? .max : number))
      }
    }
    return calls
  }
}
