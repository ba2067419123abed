import Dialogue
import Dispatch
import Glibc
import Testing

@testable import LineEditor

@Suite("Pipe terminal")
struct PipeTerminalTests {
  @Test("prints prompts, echoes nothing, and takes any line end")
  func lines() async throws {
    let pipe = try Pipes(input: "one\ntwo\r\nthree\r\rlast")
    let terminal = pipe.terminal
    var lines: [String?] = []
    for _ in 0..<5 { lines.append(try await terminal.readLine(Prompt(bracket: "[]> "))) }
    #expect(lines == ["one", "two", "three", "", "last"])
    await #expect(throws: InputEnd.endOfInput) {
      _ = try await terminal.readLine(Prompt(bracket: "[]> "))
    }
    await terminal.close()
    #expect(terminal.window == nil)
    #expect(pipe.output() == String(repeating: "[]> ", count: 6))
  }

  @Test("keeps 1 MiB of a line and drops the rest")
  func longLine() async throws {
    let path = try TemporaryDirectory()
    let file = path.path + "/input"
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20) + Array("\nnext\n".utf8)
    #expect(write(descriptor, long, long.count) == long.count)
    lseek(descriptor, 0, SEEK_SET)
    let terminal = PipeTerminal(input: descriptor, output: open("/dev/null", O_WRONLY))
    #expect(try await terminal.readLine(Prompt(bracket: ""))?.utf8.count == 1 << 20)
    #expect(try await terminal.readLine(Prompt(bracket: "")) == "next")
  }

  @Test("reads a paste up to the dot and keeps no more than the limit")
  func paste() async throws {
    let pipe = try Pipes(input: "ab\n\n.x\n.\r\nabcdef\nxyz\n.\nafter\nno dot\n")
    let terminal = pipe.terminal
    #expect(try await terminal.readPaste(Paste()) == ["ab", "", ".x"])
    #expect(try await terminal.readPaste(Paste(limit: 4)) == ["abcd"])
    #expect(try await terminal.readLine(Prompt(bracket: "")) == "after")
    await #expect(throws: InputEnd.endOfInput) { _ = try await terminal.readPaste(Paste()) }
  }

  @Test("shows what a long command said without waiting for the next prompt")
  func lateOutput() async throws {
    let pipe = try Pipes(input: "")
    await pipe.terminal.write("working\n")
    #expect(await pipe.eventually(has: "working\n"))
  }

  @Test("waits for no planned write between two prompts", .timeLimit(.minutes(10)))
  func promptsInARow() async throws {
    let directory = try TemporaryDirectory()
    let descriptor = open(directory.path + "/input", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    let text = Array(String(repeating: "an answer\n", count: 1000).utf8)
    #expect(write(descriptor, text, text.count) == text.count)
    lseek(descriptor, 0, SEEK_SET)
    let terminal = PipeTerminal(
      input: descriptor, output: open("/dev/null", O_WRONLY), delay: .seconds(3600))
    var answers = 0
    while case "an answer"? = try? await terminal.readLine(Prompt(bracket: "[]> ")) {
      await terminal.write("What is it?\n")
      answers += 1
    }
    #expect(answers == 1000)
  }
}

/// A terminal between two pipes.
private final class Pipes {
  let terminal: PipeTerminal
  private let readEnd: Int32
  private let writeEnd: Int32

  struct NoPipe: Error {}

  init(input text: String) throws {
    var input: [Int32] = [-1, -1]
    var output: [Int32] = [-1, -1]
    guard pipe(&input) == 0, pipe(&output) == 0 else { throw NoPipe() }
    let bytes = Array(text.utf8)
    guard write(input[1], bytes, bytes.count) == bytes.count else { throw NoPipe() }
    close(input[1])
    readEnd = output[0]
    writeEnd = output[1]
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    terminal = PipeTerminal(input: input[0], output: output[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  func output() -> String {
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = max(0, read(readEnd, &bytes, bytes.count))
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  func eventually(has text: String) async -> Bool {
    var seen = ""
    for _ in 0..<1000 {
      seen += output()
      if seen == text { return true }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return false
  }
}
