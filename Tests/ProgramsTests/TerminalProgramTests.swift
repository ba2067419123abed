import Foundation
import Programs
import Synchronization
import TestSupport
import Testing

/// Programs on terminals of their own, and on none.
struct TerminalProgramTests {
  /// What a program has shown, and how it ended.
  private final class Screen: Sendable {
    private let state = Mutex<(text: String, status: Int32?)>(("", nil))

    var text: String { state.withLock { $0.text } }
    var status: Int32? { state.withLock { $0.status } }

    func start(_ script: String, rows: UInt16 = 24, columns: UInt16 = 80) throws -> TerminalProgram
    {
      try TerminalProgram(shell(script), rows: rows, columns: columns) { bytes in
        self.state.withLock { $0.text += String(decoding: bytes, as: UTF8.self) }
      } onEnd: { status in
        self.state.withLock { $0.status = status }
      }
    }
  }

  @Test func whatIsTypedArrivesAndWhatIsShownComes() async throws {
    let screen = Screen()
    let program = try screen.start("read word; echo \"got $word\"; exit 3")
    program.type(Array("some".utf8))
    program.type(Array("thing\r".utf8))
    try await eventually("the program ends") { screen.status == 3 }
    // The terminal echoes, and ends lines as terminals do.
    #expect(screen.text == "something\r\ngot something\r\n")
  }

  @Test func programHasATerminalOfItsOwn() async throws {
    let screen = Screen()
    let program = try screen.start(
      "trap 'stty size; exit' WINCH; stty size < /dev/tty; while :; do sleep 0.01; done", rows: 7,
      columns: 31)
    try await eventually("the program shows it") { screen.text == "7 31\r\n" }
    program.setWindow(rows: 8, columns: 32)
    try await eventually("the program ends") { screen.status == 0 }
    #expect(screen.text == "7 31\r\n8 32\r\n")
  }

  @Test func programThatIsHungUpEnds() async throws {
    let screen = Screen()
    let program = try screen.start("echo up; exec sleep 600")
    try await eventually("the program shows it") { screen.text == "up\r\n" }
    program.hangUp()
    try await eventually("the program ends") { screen.status == 128 + SIGHUP }
  }

  @Test func muchMayBeTypedToOneWhoReadsSlowly() async throws {
    let screen = Screen()
    let program = try screen.start("stty raw -echo; echo up; head -c 300000 | wc -c")
    try await eventually("the program shows it") { screen.text.contains("up") }
    program.type([UInt8](repeating: 97, count: 300_000))
    try await eventually("the program ends") { screen.status == 0 }
    #expect(screen.text.contains("300000"))
  }

  @Test func programWithoutATerminalTellsBothStreams() async throws {
    let (status, text) = try await shell("cat; echo out; echo err >&2; exit 5").output()
    #expect(status == 5)
    #expect(text == "out\nerr\n")
  }

  @Test func programBeginsInItsFolderAndReadsItsInput() async throws {
    let directory = try TemporaryDirectory()
    try directory.write(Array("typed\n".utf8), to: "input")
    let input = try FileHandle(forReadingFrom: URL(filePath: directory.path("input")))
    var program = shell("cat; ls")
    program.folder = directory.path
    let (status, text) = try await program.output(reading: input.fileDescriptor)
    #expect(status == 0)
    #expect(text == "typed\ninput\n")
  }

  @Test(
    "what holds the output beyond the limit is killed, also what the program has started",
    arguments: ["sleep 600", "sleep 600; true", "sleep 600 &", "yes & sleep 600"])
  func overdue(_ script: String) async throws {
    let directory = try TemporaryDirectory()
    var program = shell("echo $$ > leader; \(script)")
    program.folder = directory.path
    await #expect(throws: ProgramOverdue.self) {
      try await program.output(within: .milliseconds(300))
    }
    let leader = try #require(pid_t(directory.text("leader").trimmingCharacters(in: .newlines)))
    try await eventually("nobody of its process group is left") { try !isAnyoneAlive(of: leader) }
  }

  @Test func aCancelledTaskKillsItsProgram() async throws {
    let directory = try TemporaryDirectory()
    var program = shell("echo $$ > made; mv made leader; sleep 600 & sleep 600")
    program.folder = directory.path
    let task = Task { [program] in try await program.output() }
    try await eventually("it runs") { directory.mode("leader") != nil }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let leader = try #require(pid_t(directory.text("leader").trimmingCharacters(in: .newlines)))
    try await eventually("nobody of its process group is left") { try !isAnyoneAlive(of: leader) }
  }

  /// Whether a process of a group runs; one that nobody has waited for yet (`Z`) does not.
  private func isAnyoneAlive(of group: pid_t) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").contains { name in
      // proc_pid_stat(5): behind the name in parentheses, state, parent and process group.
      let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8)
      let fields = text?.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 2 && fields[0] != "Z" && fields[2] == "\(group)"
    }
  }

  @Test func programThatThereIsNotIsTold() async throws {
    let program = Program("no-such-program", arguments: [], environment: [:])
    await #expect(throws: SystemFailure.self) { try await program.output() }
    #expect(throws: SystemFailure.self) {
      try TerminalProgram(program, rows: 1, columns: 1) { _ in
      } onEnd: { _ in
      }
    }
  }
}

private func shell(_ script: String) -> Program {
  Program("sh", arguments: ["-c", script], environment: ProcessInfo.processInfo.environment)
}
