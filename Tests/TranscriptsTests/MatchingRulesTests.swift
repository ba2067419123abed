import Testing
import Transcripts

/// Sessions that a rule lets match.
struct MatchingCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let text: String

  init(_ description: String, _ text: String) {
    testDescription = description
    self.text = text
  }

  static let matches: [MatchingCase] = [
    .init("output and answers", "mail.example.com> echo hello\nhello\nmail.example.com> exit"),
    .init("the last prompt is not answered", "mail.example.com> echo a\na\nmail.example.com> "),
    .init("its blank may be missing", "mail.example.com> echo a\na\nmail.example.com>"),
    .init(
      "blank lines at the end say nothing", "mail.example.com> echo a\na\nmail.example.com>\n\n"),
    .init("CR LF files", "mail.example.com> echo a\r\na\r\nmail.example.com> exit\r\n"),
    .init(
      "dots for many lines", "mail.example.com> lines 50\nline 1\n...\nline 50\nmail.example.com>"),
    .init("dots for no line", "mail.example.com> echo a\n...\na\n...\nmail.example.com>"),
    .init(
      "dots on both sides of a line",
      "mail.example.com> lines 9\n...\nline 5\n...\nline 7\n...\nmail.example.com>"),
    .init(
      "dots stop at the first prompt that answers",
      "mail.example.com> menu\n...\n[]> new\n...\n> x\n...\n[Y]> n\n...\n[]>\nmail.example.com>"),
    .init(
      "the bracket alone after dots",
      "mail.example.com> menu\n...\n[]> new\n...\n> x\n...\n[Y]>\nname: x\n...\n[]>\n"
        + "mail.example.com>"),
    .init(
      "the whole question without dots",
      "mail.example.com> menu\n...\n[]> new\nEnter a name for it:\n> x\n"
        + "Do you want to view x? [Y]> n\n...\n[]>\nmail.example.com>"),
    .init(
      "output that looks like a prompt",
      "mail.example.com> echo [Y]> \n[Y]>\nmail.example.com> echo mail.example.com> no\n"
        + "mail.example.com> no\nmail.example.com>"),
    .init(
      "anything within a line", "mail.example.com> date\nThu [..] 2026 [..]\nmail.example.com>"),
    .init(
      "an expression", "mail.example.com> date\nThu [re:[A-Z][a-z]+ \\d\\d] [..]\nmail.example.com>"
    ),
    .init(
      "a capture in another line",
      "mail.example.com> echo x5y5\nx{{n}}y{{n}}\nmail.example.com> echo 5\n{{n}}\nmail.example.com>"
    ),
    .init(
      "a capture in an answer",
      "mail.example.com> id\nMID {{mid}} ICID 7\nmail.example.com> echo {{mid}}\n41\nmail.example.com>"
    ),
    .init(
      "comments are no output",
      "%# first\nmail.example.com> echo a\n%# second\na\nmail.example.com>"),
    .init("an escaped percent", "mail.example.com> echo %a\n\\%a\nmail.example.com>"),
    .init("an escaped backslash", "mail.example.com> echo \\a\n\\\\a\nmail.example.com>"),
    .init("escaped dots", "mail.example.com> echo ...\n\\...\nmail.example.com>"),
    .init("an escaped rule", "mail.example.com> echo ---\n\\---\nmail.example.com>"),
    .init("an escaped wildcard", "mail.example.com> echo [..]\n\\[..]\nmail.example.com>"),
    .init("an escaped capture", "mail.example.com> echo \\{{a}}\n\\{{a}}\nmail.example.com>"),
    .init("an escaped expression", "mail.example.com> echo [re:x\n\\[re:x\nmail.example.com>"),
    .init(
      "blanks at a line's end do not count", "mail.example.com> echo a  \na\nmail.example.com>"),
    .init("output without a line end", "mail.example.com> raw abc\nabcmail.example.com> exit"),
    .init("the shell's end", "mail.example.com> exit"),
  ]

  static let mismatches: [MatchingCase] = [
    .init("2 another line", "mail.example.com> echo a\nb\nmail.example.com>"),
    .init("2 a line too many", "mail.example.com> echo a\nb\na\nmail.example.com>"),
    .init("3 a line too few", "mail.example.com> lines 2\nline 1\nmail.example.com>"),
    .init("1 another prompt", "mail.example.org> echo a\na\nmail.example.com>"),
    .init("3 dots that would run over a prompt", "mail.example.com> menu\n...\nname: x\n[]>"),
    .init("2 the bracket alone without dots", "mail.example.com> menu\n[]> new"),
    .init(
      "4 a capture that differs",
      "mail.example.com> id\nMID {{a}} [..]\nmail.example.com> id\nMID {{a}} [..]\nmail.example.com>"
    ),
    .init("1 the transcript is at its end", "mail.example.com> menu\n"),
    .init("3 the session is at its end", "mail.example.com> exit\n%# c\nmail.example.com> exit"),
    .init("2 another case", "mail.example.com> echo a\nA\nmail.example.com>"),
    .init("2 another normal form", "mail.example.com> echo \u{E9}\ne\u{301}\nmail.example.com>"),
    .init("2 a bare dot", "mail.example.com> echo a\n.\nmail.example.com>"),
  ]
}

struct MatchingRulesTests {
  @Test("matches", arguments: MatchingCase.matches)
  func matches(_ example: MatchingCase) async throws {
    let result = try await replay(example.text)
    #expect(result.isMatch, result.report)
  }

  /// The first word of a case's name is the line that is reported.
  @Test("mismatches", arguments: MatchingCase.mismatches)
  func mismatches(_ example: MatchingCase) async throws {
    let result = try await replay(example.text)
    let line = try #require(result.mismatch?.line, result.report)
    #expect(example.testDescription.hasPrefix("\(line) "), result.report)
    #expect(ReplayReport([result]).exitStatus == 1)
  }

  @Test func promptsAreCounted() async throws {
    let result = try await replay(
      "mail.example.com> menu\n...\n[]> new\n...\n> x\n...\n[Y]> n\n...\n[]>\nmail.example.com>")
    #expect(result.facts.prompts == 6)
    #expect(result.facts.promptLines == [1, 3, 5, 7, 9, 10])
  }

  @Test func differenceShowsBothSidesAndHidesSecrets() async throws {
    let result = try await replay(
      """
      mail.example.com> secret
      Enter pass phrase for PKCS#12 file:
      %secret Tr0ub4dor
      Wrong.
      mail.example.com> exit
      """)
    let mismatch = try #require(result.mismatch)
    #expect(mismatch.line == 4)
    #expect(
      mismatch.difference == [
        "--- \(result.file)", "+++ the session", "@@ -1,5 +1,5 @@", " mail.example.com> secret",
        " Enter pass phrase for PKCS#12 file:", " %secret ***", "-Wrong.", "+Right.",
        " mail.example.com> exit",
      ])
    #expect(mismatch.description.hasPrefix("\(result.file):4: "))
    #expect(!ReplayReport([result]).text.contains("Tr0ub4dor"))
  }

  @Test func whatDotsTookIsShownToo() async throws {
    let result = try await replay("mail.example.com> lines 2\n...\nline 3\n...\nmail.example.com>")
    #expect(result.mismatch?.line == 3)
    #expect(
      result.mismatch?.difference.suffix(3) == ["The session showed:", "| line 1", "| line 2"])
  }

  @Test func silenceIsReported() async throws {
    var options = Replayer.Options()
    options.patience = .milliseconds(50)
    let result = try await replay("mail.example.com> hang\nmail.example.com>", options: options)
    #expect(result.trouble?.message.contains("neither asks nor ends") == true, result.report)
    #expect(result.trouble?.line == 2)
  }

  @Test func windowComesFromTheHeader() async throws {
    let result = try await replay(
      "---\nwindow: 24x80\n---\nmail.example.com> window\n24x80\nmail.example.com>")
    #expect(result.isMatch, result.report)
    let none = try await replay("mail.example.com> window\nnone\nmail.example.com>")
    #expect(none.isMatch, none.report)
  }
}
