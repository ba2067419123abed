import Dialogue
import Testing

@testable import Transcripts

/// What is taken for a prompt where there are only bytes and silence.
struct ByteSessionTests {
  private static let start = ContinuousClock.now

  private func matcher(_ text: String) throws -> Matcher { Matcher(try parse(text)) }

  /// The verdict some milliseconds after the last of the pieces came.
  private func verdict(
    _ pieces: String..., after milliseconds: Int = 250, of transcript: String
  ) throws -> ByteSession.Verdict {
    var session = ByteSession(columns: 80, at: Self.start)
    for piece in pieces { session.receive(piece.utf8, at: Self.start) }
    return session.verdict(
      expectedBy: try matcher(transcript), at: Self.start + .milliseconds(milliseconds))
  }

  private func waits(_ verdict: ByteSession.Verdict) -> SessionEvent.Kind? {
    if case .event(let event) = verdict { event.kind } else { nil }
  }

  @Test("the expected text is a prompt after 200 ms of silence, and not before")
  func quiet() throws {
    let text = "Welcome\nmail.example.com> whoami"
    let shown = "Welcome\r\nmail.example.com> "
    #expect(try verdict(shown, after: 199, of: text) == .wait)
    #expect(
      try verdict(shown, after: 200, of: text)
        == .event(
          SessionEvent(
            output: "Welcome\n",
            kind: .prompt(Prompt(bracket: "mail.example.com> ", isCommandLine: true)))))
  }

  @Test func silenceBeginsAnewWithEachByte() throws {
    var session = ByteSession(columns: 80, at: Self.start)
    let matcher = try matcher("[]> x")
    session.receive("[]".utf8, at: Self.start)
    session.receive("> ".utf8, at: Self.start + .milliseconds(150))
    #expect(session.verdict(expectedBy: matcher, at: Self.start + .milliseconds(300)) == .wait)
    #expect(
      waits(session.verdict(expectedBy: matcher, at: Self.start + .milliseconds(350))) != nil)
  }

  @Test(
    "what is no prompt here, however long the silence",
    arguments: [
      // A part of the prompt, and the prompt without its blank.
      ("mail.example", "mail.example.com> whoami"),
      ("mail.example.com>", "mail.example.com> whoami"),
      // The prompt, when output is still to come before it.
      ("a\r\n", "a\nb\n[]> x"),
      ("working", "working\n[]> x"),
      // A line of output that the transcript tells.
      ("Sending:", "Sending: done\n[]> x"),
      // The last line of the transcript has matched; the session must end.
      ("bye\r\n", "bye"), ("Now:\r\n", "Now:"),
      // Nothing says that lines are to be pasted.
      ("a\r\n", "a\n-----BEGIN X-----\n.\n[]> x"),
      ("a\r\n", "a\n%paste f"),
      ("a\r\n", "...\n%secret s"),
    ])
  func noPrompt(_ shown: String, _ transcript: String) throws {
    #expect(try verdict(shown, after: 4900, of: transcript) == .wait)
  }

  @Test(
    "prompts of all kinds",
    arguments: [
      ("[]> ", "[]> x"), ("[]> ", "[]>"), ("> ", "> x"), ("Sure? [Y]> ", "Sure? [Y]> n"),
      ("a\r\nSure? [Y]> ", "...\n[Y]> n"), ("login: ", "login: bob"),
      ("esa> ", "esa> version"), ("(Cluster one)> ", "(Cluster one)> exit"),
      ("x: ", "x:\n%key ^C"), ("a\r\nx.y> ", "a\n%session two\nx.y> z"),
    ])
  func prompts(_ shown: String, _ transcript: String) throws {
    guard case .prompt(let prompt)? = waits(try verdict(shown, of: transcript)) else {
      Issue.record("no prompt")
      return
    }
    #expect(prompt.echo)
    #expect(shown.hasSuffix(prompt.text))
  }

  @Test(
    "a secret is asked where the transcript has one",
    arguments: [
      ("Passphrase: ", "Passphrase:\n%secret s"), ("Passphrase:", "Passphrase:\n%# why\n%secret s"),
      ("Enter it:\r\n", "Enter it:\n%secret s"), ("Enter it:\r\n", "...\n%secret s"),
      ("\r\nPassphrase: ", "...\n%secret s"),
    ])
  func secrets(_ shown: String, _ transcript: String) throws {
    guard case .prompt(let prompt)? = waits(try verdict(shown, of: transcript)) else {
      Issue.record("no prompt")
      return
    }
    #expect(!prompt.echo)
  }

  @Test(
    "a paste begins below the line that names its end",
    arguments: [
      ("Paste it (end with '.'):\r\n", "Paste it (end with '.'):\na\n.\n[]> x", false),
      ("Paste it (end with '.'):\r\n", "...\n%paste f", false),
      ("Press CTRL-D when done.\r\n", "Press CTRL-D when done.\na\n%key ^D\n[]> x", true),
    ])
  func pastes(_ shown: String, _ transcript: String, _ endsAtControlD: Bool) throws {
    #expect(
      waits(try verdict(shown, of: transcript))
        == .paste(Paste(endsAtControlD: endsAtControlD)))
  }

  @Test func pagerIsTurnedWhereTheTranscriptDoesNotTellIt() throws {
    let pager = "-Press Any Key For More-"
    #expect(try verdict("a\r\n\(pager)", of: "a\nb\n[]> x") == .turnPage([32]))
    #expect(
      waits(try verdict("a\r\n\(pager)", of: "a\n\(pager)\n%key SPACE\nb")) == .key(pager))
    var session = ByteSession(columns: 80, at: Self.start)
    session.receive(
      "a\r\n\(pager)\r\(String(repeating: " ", count: 24))\rb\r\n[]> ".utf8, at: Self.start)
    guard
      case .event(let event) = session.verdict(
        expectedBy: try matcher("a\nb\n[]> x"), at: Self.start + .seconds(1))
    else {
      Issue.record("no prompt")
      return
    }
    #expect(Question(event).output == ["a", "b"])
  }

  @Test func anotherPromptIsTakenForOneAfterAWhile() throws {
    #expect(try verdict("[1]> ", after: 4999, of: "[2]> x") == .wait)
    #expect(waits(try verdict("[1]> ", after: 5000, of: "[2]> x")) != nil)
    #expect(try verdict("working", after: 50_000, of: "[2]> x") == .wait)
  }

  @Test(
    "the echo of what was typed is taken out",
    arguments: [
      (Reply.line("ab"), "ab\r\nout\r\n> ", ["out"]),
      (.line("ab"), "ax\u{8}b\r\nout\r\n> ", ["out"]),
      (.line("s3cret"), "\r\nout\r\n> ", ["out"]),
      (.line("ab"), "other\r\n> ", ["other"]),
      (.completed("who"), "whoami \r\nout\r\n> ", ["out"]),
      (.interrupt, "^C\r\n> ", []),
      (.controlD, "\r\nout\r\n> ", ["out"]),
    ] as [(Reply, String, [String])])
  func echo(_ reply: Reply, _ shown: String, _ output: [String]) throws {
    var session = ByteSession(columns: 80, at: Self.start)
    session.receive("> ".utf8, at: Self.start)
    let matcher = try matcher("...\n> x")
    var kind: SessionEvent.Kind?
    if case .event(let event) = session.verdict(expectedBy: matcher, at: Self.start + .seconds(1)) {
      kind = event.kind
    }
    #expect(!session.answer(reply, to: try #require(kind)).isEmpty)
    // The line that was typed on is no new prompt, however long the far end takes.
    #expect(session.verdict(expectedBy: matcher, at: Self.start + .seconds(60)) == .wait)
    session.receive(shown.utf8, at: Self.start + .seconds(61))
    guard
      case .event(let event) = session.verdict(expectedBy: matcher, at: Self.start + .seconds(62))
    else {
      Issue.record("no prompt")
      return
    }
    #expect(Question(event).output == output)
  }

  @Test func theSamePromptAgainIsSeenOnlyOnALineOfItsOwn() throws {
    var matcher = try matcher("Word:\n%secret a\nWord:\n%secret b")
    var session = ByteSession(columns: 80, at: Self.start)
    session.receive("Word:".utf8, at: Self.start)
    guard
      case .event(let event) = session.verdict(expectedBy: matcher, at: Self.start + .seconds(1))
    else {
      Issue.record("no prompt")
      return
    }
    matcher.receive(event)
    #expect(matcher.next() == .reply(.line("a")))
    _ = session.answer(.line("a"), to: event.kind)
    session.receive("\u{7}".utf8, at: Self.start + .seconds(2))
    #expect(session.verdict(expectedBy: matcher, at: Self.start + .seconds(3)) == .wait)
    session.receive("\r\nWord:".utf8, at: Self.start + .seconds(4))
    #expect(waits(session.verdict(expectedBy: matcher, at: Self.start + .seconds(5))) != nil)
  }

  @Test(
    "pasted lines and their end are typed, and their echo is taken out", arguments: [false, true])
  func paste(endsAtControlD: Bool) throws {
    var session = ByteSession(columns: 10, at: Self.start)
    let keys = session.answer(
      .paste(["a", "", "a line longer than the window"]),
      to: .paste(Paste(endsAtControlD: endsAtControlD)))
    let typed = "a\r\ra line longer than the window\r"
    #expect(keys == Array((typed + (endsAtControlD ? "\u{4}" : ".\r")).utf8))
    session.receive(
      "a\r\n\r\na line longer than the window\r\n\(endsAtControlD ? "" : ".\r\n")\r\ntaken\r\n"
        .utf8,
      at: Self.start)
    session.end()
    #expect(
      session.verdict(expectedBy: try matcher(""), at: Self.start)
        == .event(SessionEvent(output: "\ntaken\n", kind: .ended)))
  }

  @Test func endOfTheLineIsTheEnd() throws {
    var session = ByteSession(columns: 80, at: Self.start)
    session.receive("bye".utf8, at: Self.start)
    session.end()
    #expect(
      session.verdict(expectedBy: try matcher("bye"), at: Self.start)
        == .event(SessionEvent(output: "bye\n", kind: .ended)))
  }
}
