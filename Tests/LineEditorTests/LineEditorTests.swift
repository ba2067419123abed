import Dialogue
import LineEditor
import Testing

/// libedit holds the terminal's description once for the process: one editor at a time.
@Suite("Line editor", .serialized, .timeLimit(.minutes(10)))
struct LineEditorTests {
  private let tty: PseudoTerminal
  private let editor: LineEditor
  private let directory: TemporaryDirectory
  private let settings: [UInt32]

  private static let main = Prompt(
    bracket: "mail.example.com> ", isCommandLine: true,
    completions: ["commit", "commitdetail", "version"])
  private static let question = Prompt(bracket: "[]> ", completions: ["CERTIFICATE", "CRL"])

  init() throws {
    tty = try PseudoTerminal()
    settings = tty.settings
    directory = try TemporaryDirectory()
    editor = try #require(
      LineEditor(
        input: tty.terminal, output: tty.terminal, historyFile: directory.path + "/history"))
  }

  /// Reads one line while the test types.
  private func line(
    at prompt: Prompt, _ person: () async throws -> Void
  ) async throws -> String? {
    try await result(of: { [editor] in try await editor.readLine(prompt) }) {
      try await tty.see(prompt.text)
      try await person()
    }
  }

  /// Runs a read while the test types; a test that fails does not leave it waiting.
  private func result<Value: Sendable>(
    of read: @escaping @Sendable () async throws -> Value, _ person: () async throws -> Void
  ) async throws -> Value {
    let reading = Task { try await read() }
    do {
      try await person()
    } catch {
      editor.end()
      throw error
    }
    return try await reading.value
  }

  @Test("echoes a line once, where it is typed")
  func plainLine() async throws {
    let line = try await line(at: Self.main) { try await tty.type("version\r") }
    #expect(line == "version")
    #expect(try await tty.see("\r\n") == "version")
    #expect(!(await tty.screen.unicodeScalars.contains("\u{1B}")))
  }

  @Test("echoes lines typed ahead once each, after their prompts, whatever their ends")
  func typeAhead() async throws {
    try await tty.type("one\rtwo\nthree\r\nfour\r\n")
    var lines: [String?] = []
    for _ in 0..<4 {
      lines.append(try await editor.readLine(Self.main))
      await editor.write("ok\n")
    }
    #expect(lines == ["one", "two", "three", "four"])
    for line in ["one", "two", "three", "four"] {
      #expect(try await tty.see("ok\r\n") == "mail.example.com> \(line)\r\n")
    }
  }

  @Test("an LF that answers a prompt is an Enter, though the last line ended in CR")
  func lineFeedAfterPrompt() async throws {
    let first = try await line(at: Self.question) { try await tty.type("a\r") }
    let second = try await line(at: Self.question) { try await tty.type("\n") }
    #expect(first == "a")
    #expect(second == "")
  }

  @Test("shows nothing of a secret, even of one typed ahead")
  func secret() async throws {
    try await tty.type("s\u{7F}fi\u{1B}[D\u{1B}[3~rst\rwrong\u{15}sécond\r")
    let prompt = Prompt(question: "Passphrase: ", bracket: "", echo: false)
    #expect(try await editor.readLine(prompt) == "first")
    #expect(try await editor.readLine(prompt) == "sécond")
    await editor.write("end\n")
    #expect(try await tty.see("end") == "Passphrase: \r\nPassphrase: \r\n")
  }

  @Test("Ctrl-C ends the question; what was typed behind it waits", arguments: [true, false])
  func interrupt(echo: Bool) async throws {
    let prompt = Prompt(question: "Name: ", bracket: "", echo: echo)
    await #expect(throws: InputEnd.interrupted) {
      _ = try await line(at: prompt) { try await tty.type("abc\u{3}next\r") }
    }
    #expect(try await editor.readLine(Self.main) == "next")
    #expect(
      try await tty.see("> next") == "\(echo ? "abc^C" : "")\r\nmail.example.com")
  }

  @Test("Ctrl-D on an empty line is no line; elsewhere it deletes")
  func controlD() async throws {
    let none = try await line(at: Self.main) { try await tty.type("\u{4}") }
    #expect(none == nil)
    try await tty.see("\r\n")
    let some = try await line(at: Self.main) { try await tty.type("xversion\u{1}\u{4}\r") }
    #expect(some == "version")
    let hidden = Prompt(question: "Passphrase: ", bracket: "", echo: false)
    let secret = try await line(at: hidden) { try await tty.type("\u{4}") }
    #expect(secret == nil)
  }

  @Test("a line end that is quoted into a line does not make it two")
  func quotedLineEnd() async throws {
    let line = try await line(at: Self.main) { try await tty.type("a\u{16}\nb\r") }
    #expect(line == "a b")
  }

  @Test("Up brings command lines back, and never an answer")
  func history() async throws {
    for text in ["first", "second"] {
      _ = try await line(at: Self.main) { try await tty.type(text + "\r") }
    }
    let answer = try await line(at: Self.question) { try await tty.type("\u{1B}[Aanswer\r") }
    #expect(answer == "answer")
    let recalled = try await line(at: Self.main) { try await tty.type("\u{1B}[A\u{1B}[A\r") }
    #expect(recalled == "first")
    let found = try await line(at: Self.main) { try await tty.type("\u{12}eco\r") }
    #expect(found == "second")
    await editor.close()
    let kept = try PseudoTerminal()
    let next = try #require(
      LineEditor(
        input: kept.terminal, output: kept.terminal, historyFile: directory.path + "/history"))
    try await kept.type("\u{1B}[A\u{1B}[A\u{1B}[A\r")
    #expect(try await next.readLine(Self.main) == "second")
    await next.close()
  }

  @Test("Tab completes a command with a blank, an answer without")
  func tab() async throws {
    let command = try await line(at: Self.main) { try await tty.type("ver\tx\r") }
    #expect(command == "version x")
    let answer = try await line(at: Self.question) { try await tty.type("cert\t\r") }
    #expect(answer == "CERTIFICATE")
  }

  @Test("Tab lists what fits and shows the line again")
  func tabLists() async throws {
    let command = try await line(at: Self.main) {
      try await tty.type("com\t")
      #expect(
        try await tty.see("mail.example.com> commit") == "com\r\ncommit        commitdetail\r\n")
      try await tty.type("d\t\r")
    }
    #expect(command == "commitdetail ")
  }

  @Test("takes 200 pasted lines in one write and echoes each once")
  func paste() async throws {
    let lines = (0..<200).map { "\($0)-" + String(repeating: "A", count: 60) }
    let paste = try await result(of: { [editor] in
      try await editor.readPaste(Paste(isSecret: true))
    }) {
      try await tty.type(lines.joined(separator: "\n") + "\n\n.\n")
    }
    #expect(paste == lines + [""])
    #expect(try await tty.see(".\r\n") == (lines + [""]).joined(separator: "\r\n") + "\r\n")
  }

  @Test("keeps no more of a paste than the limit, and ends at Ctrl-D where that is allowed")
  func pasteEnds() async throws {
    try await tty.type("abc\rd\u{4}ef\rxyz\r\u{4}")
    let paste = Paste(endsAtControlD: true, limit: 6)
    #expect(try await editor.readPaste(paste) == ["abc", "d\u{4}"])
    await #expect(throws: InputEnd.interrupted) {
      _ = try await result(of: { [editor] in try await editor.readPaste(Paste()) }) {
        try await tty.type("one\u{7F}\u{7F}\u{7F}two\r\u{4}x")
        try await tty.see("two\r\nx")
        try await tty.type("\u{3}")
      }
    }
    try await tty.see("^C\r\n")
  }

  @Test("the pager takes one key and wipes its line", arguments: [" ", "\n", "q", "é", "\u{1B}"])
  func pager(key: Character) async throws {
    let read = try await result(of: { [editor] in try await editor.readKey("-More-") }) {
      try await tty.see("-More-")
      try await tty.type(key == "\u{1B}" ? "\u{1B}[A" : key == "\n" ? "\r" : String(key))
    }
    #expect(read == key)
    await editor.write("on\n")
    #expect(try await tty.see("on") == "\r      \r")
  }

  @Test("Ctrl-C between prompts reaches the command at once and its next question")
  func interruptionBetweenPrompts() async throws {
    var stream = editor.interruptions.makeAsyncIterator()
    editor.receive(.interrupt)
    #expect(await stream.next() != nil)
    await #expect(throws: InputEnd.interrupted) { _ = try await editor.readLine(Self.question) }
    editor.receive(.interrupt)
    let line = try await line(at: Self.main) { try await tty.type("on\r") }
    #expect(line == "on")
  }

  @Test("a line that hangs up ends the present read and all that follow")
  func hangUp() async throws {
    await #expect(throws: InputEnd.endOfInput) {
      _ = try await line(at: Self.main) { editor.receive(.hangUp) }
    }
    await #expect(throws: InputEnd.endOfInput) { _ = try await editor.readKey("-More-") }
    await #expect(throws: InputEnd.endOfInput) { _ = try await editor.readPaste(Paste()) }
  }

  @Test("a prompt that is wider than the window stays as it is")
  func widePrompt() async throws {
    let text = String(repeating: "0123456789", count: 9) + " [N]> "
    let answer = try await line(at: Prompt(bracket: text)) { try await tty.type("y\r") }
    #expect(answer == "y")
  }

  @Test("a new window size draws the line again, and the size as it was does not")
  func resize() async throws {
    let line = try await line(at: Self.main) {
      try await tty.type("ver")
      try await tty.see("ver")
      editor.receive(.windowChange)
      try await tty.type("s")
      try await tty.see("s")
      await tty.resize(rows: 30, columns: 100)
      editor.receive(.windowChange)
      #expect(try await tty.see("vers") == "\rmail.example.com> ")
      try await tty.type("ion\r")
    }
    #expect(line == "version")
    #expect(editor.window == WindowSize(rows: 30, columns: 100))
  }

  @Test("tells the window, and gives the TTY back as it was")
  func window() async throws {
    #expect(editor.window == WindowSize(rows: 24, columns: 80))
    #expect(tty.settings != settings)
    await editor.close()
    #expect(tty.settings == settings)
    await #expect(throws: InputEnd.endOfInput) { _ = try await editor.readLine(Self.main) }
  }

  @Test("does not edit where there is no TTY")
  func noTerminal() {
    #expect(LineEditor(input: -1, output: -1, historyFile: nil) == nil)
  }
}
