import Testing
import Transcripts

/// Secrets, keys and pastes: answers that are no line on a screen.
struct AnswerTests {
  @Test(
    "answers",
    arguments: [
      "secret\nEnter pass phrase for PKCS#12 file:\n%secret Tr0ub4dor\nRight.",
      "secret\n...\n%secret Tr0ub4dor\nRight.",
      "secret\nEnter pass phrase for PKCS#12 file:\n%# hush\n%secret Tr0ub4dor\nRight.",
      "secret\nEnter pass phrase for PKCS#12 file:\n%secret  two\nWrong: 4 characters.",
      "secret\nEnter pass phrase for PKCS#12 file:\n%secret\nWrong: 0 characters.",
      "secret\nEnter pass phrase for PKCS#12 file:\n%key RETURN\nWrong: 0 characters.",
      "secret\nEnter pass phrase for PKCS#12 file:\n%key ^D\nWrong: -1 characters.",
      "secret\nEnter pass phrase for PKCS#12 file:\n%key ^C\n-- Changes not recorded",
      "asksecret\nPass phrase:\n%secret abc\n3 characters",
      "asksecret\n...\n%secret abc\n3 characters",
      "menu\n...\n[]>\n%key ^C\n-- Changes not recorded",
      "menu\n...\n[]> ne\n%key ^C\n-- Changes not recorded",
      "menu\n...\n[]>\n%key ^D",
      "menu\n...\n[]> ne\n%key w\n...\n>\n%key RETURN\n...\n[Y]> n\n...\n[]>",
      "echo a\n%key SPACE\na",
      "paste\nPaste it (end with '.'):\n.\n0 lines, 0 bytes",
      "paste\nPaste it (end with '.'):\na\n\nb\n.\n3 lines, 4 bytes",
      "paste\n...\na\nb\n.\n2 lines, 3 bytes",
      "paste\n...\nPaste it (end with '.'):\na\nb\n.\n2 lines, 3 bytes",
      "paste\nPaste it (end with '.'):\n\\...\n\\%a\n\\\\b\n[..]\n{{c}}\n.\n5 lines, 20 bytes",
      "paste\nPaste it (end with '.'):\na\n%key ^C\n-- Changes not recorded",
      "load\nPaste it (end with '.'):\na\n%key ^D\n1 lines, 1 bytes",
      "page 2\npage 1\n-Press Any Key For More-\n%key SPACE\npage 2",
      "page 3\npage 1\n-Press Any Key For More- \npage 2\n-Press Any Key For More-q",
      "page 3\npage 1\n-Press Any Key For More-\n%key q",
      "page 3\npage 1\n-Press Any Key For More-\n%key ^C\n-- Changes not recorded",
    ])
  func answered(_ text: String) async throws {
    let result = try await replay("mail.example.com> \(text)\nmail.example.com> exit")
    #expect(result.isMatch, result.report)
  }

  @Test(
    "answers that are missing or wrong",
    arguments: [
      ("secret\nEnter pass phrase for PKCS#12 file:\nWrong.", 3, "must stand on a %secret line"),
      ("asksecret\nPass phrase: Tr0ub4dor\nWrong.", 2, "must stand on a %secret line"),
      ("asksecret\nPass phrase:\nWrong.", 2, "must stand on a %secret line"),
      ("secret\n...\n%secret {{secret}}\nRight.", 3, "{{secret}} has no value"),
      ("echo {{x}}\n...", 1, "{{x}} has no value"),
      ("menu\n...\n[]> a\n%key ^D", 4, "needs an empty line"),
      ("menu\n...\n[]>\n%key ^L", 4, "does nothing at a prompt"),
      ("paste\nPaste it (end with '.'):\na", 3, "is not ended"),
      ("paste\nPaste it (end with '.'):\na\n%key ^D\n.", 4, "Ctrl-D does not end this paste"),
      ("paste\nPaste it (end with '.'):\na\n%sh ls\n.", 4, "A paste is open here"),
      ("paste\nPaste it (end with '.'):\n%paste none.pem", 3, "There is no file none.pem."),
      ("page 2\npage 1\n-Press Any Key For More-\npage 2", 3, "waits for one key"),
    ])
  func troubled(_ text: String, _ line: Int, _ message: String) async throws {
    let result = try await replay("mail.example.com> \(text)\nmail.example.com> exit")
    #expect(result.trouble?.line == line, result.report)
    #expect(result.trouble?.message.contains(message) == true, result.report)
    #expect(ReplayReport([result]).exitStatus == 2)
  }

  @Test func secretWhereNothingIsSecretIsAMismatch() async throws {
    let result = try await replay("mail.example.com> menu\n...\n%secret x\n[]>")
    #expect(result.mismatch?.line == 3, result.report)
  }

  @Test(
    "Tab",
    arguments: [
      ("com", "There is no data to commit."),
      ("C", "Unknown command or missing feature key: c"),
      ("x", "Unknown command or missing feature key: x"),
    ])
  func tab(_ typed: String, _ shown: String) async throws {
    let result = try await replay(
      "mail.example.com> \(typed)\n%key TAB\n\(shown)\nmail.example.com> exit")
    #expect(result.isMatch, result.report)
  }

  @Test func controlDAtTheMainPromptEndsTheShell() async throws {
    let result = try await replay("mail.example.com>\n%key ^D\nbye")
    #expect(result.isMatch, result.report)
  }

  @Test func pasteFromAFile() async throws {
    let folder = try Folder()
    try folder.write("a\r\nb\n.\nc\n", "files/key.pem")
    try folder.write(
      """
      mail.example.com> pastekey
      Paste it (end with '.'):
      %paste files/key.pem
      2 lines, 3 bytes
      mail.example.com>
      """, "t.transcript")
    let result = await folder.replay("t.transcript")
    #expect(result.isMatch, result.report)
  }

  @Test func unansweredPromptEndsTheSession() async throws {
    let folder = try Folder()
    try folder.write("mail.example.com> menu\n...\n[]> ", "t.transcript")
    let world = ToyWorld()
    let result = await folder.replay("t.transcript", world: world)
    #expect(result.isMatch, result.report)
    #expect(await world.isClosed)
  }
}
