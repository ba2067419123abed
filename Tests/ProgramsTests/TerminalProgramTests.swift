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
