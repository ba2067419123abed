import Foundation
import Testing
import Transcripts

struct FormatTests {
  @Test(
    "directives that are refused",
    arguments: [
      ("%unknown x", "Unknown directive %unknown"),
      ("%", "Unknown directive %"),
      ("%key", "%key needs"),
      ("%key ENTER", "%key needs"),
      ("%paste", "%paste needs 1 word."),
      ("%paste /etc/shadow", "must be named by its path from the transcript's folder"),
      ("%upload", "%upload needs at least 1 word."),
      ("%upload a.p12 as b.p12", "%upload is written"),
      ("%upload a.p12 AS", "%upload is written"),
      ("%upload a.p12 AS ../b", "is not the plain name of a file"),
      ("%upload ~/a.p12", "must be named by its path"),
      ("%upload \"a", "a quote that is not closed"),
      ("%expect-file", "%expect-file needs 1 word."),
      ("%sh ", "%sh needs a command."),
      ("%log", "%log needs a pattern."),
      ("%advance soon", "%advance needs a time"),
      ("%advance 5", "%advance needs a time"),
      ("%advance 99999999999999999999d", "%advance needs a time"),
      ("%advance 999999999w", "at most 100 years"),
      ("%mail a@b", "%mail needs at least 2 words."),
      ("%peer mx1", "%peer needs 2 words."),
      ("%session", "%session needs at least 1 word."),
      ("---", "A literal line that is --- is written \\---."),
    ])
  func refused(_ line: String, _ message: String) throws {
    let sentence = try #require(refusal("x> a\n\(line)\nx>\n"))
    #expect(sentence.hasPrefix("t:2: "))
    #expect(sentence.contains(message), "\(sentence)")
  }

  @Test(
    "directives that are understood",
    arguments: [
      "%secret", "%secret  two blanks", "%key ^C", "%key ^D", "%key TAB", "%key SPACE",
      "%key RETURN", "%key q", "%key ^L", "%paste key.pem", "%paste \"my key.pem\"",
      "%upload ../files/a.p12", "%upload a.p12 AS b.p12", "%expect-file x.xml", "%sh true",
      "%advance 30d", "%advance 1h30m", "%mail a@b.example c@d.example --tls required",
      "%log MID \\d+", "%peer mx1.partner.example no-starttls", "%session anna",
      "%session second anna", "%# anything", "%#",
    ])
  func understood(_ line: String) {
    #expect(refusal("x> a\n\(line)\nx>\n") == nil)
  }

  @Test func sizesAreLimited() {
    #expect(
      refusal(String(repeating: "x", count: 70_000))?.hasPrefix("t:1: A line holds at most") == true
    )
    #expect(refusal(String(repeating: "\n", count: 100_002))?.contains("lines") == true)
    #expect(refusal(String(repeating: "x", count: 5 << 20))?.contains("4 MiB") == true)
  }

  @Test func returnsBeforeALineEndAreNoPartOfTheLine() throws {
    let transcript = try Transcript("x> a\r\nb\r\r\nc\rd\n", file: "t")
    #expect(transcript.text == "x> a\nb\nc\rd\n")
  }

  @Test func bytesMustBeText() {
    #expect(throws: TranscriptError(file: "t", line: 2, "The line is not UTF-8 text.")) {
      try Transcript(data: Data([0x61, 0x0A, 0xFF, 0x0A]), file: "t")
    }
  }

  @Test(
    "patterns that cannot be used",
    arguments: [
      ("[re:(]", "is not a regular expression"),
      ("[re:abc", "is not closed by a bracket"),
      (String(repeating: "[..]", count: 17), "at most 16 wildcards"),
    ])
  func badPattern(_ line: String, _ message: String) async throws {
    let result = try await replay("mail.example.com> echo a\n\(line)\nmail.example.com>")
    #expect(result.trouble?.line == 2, result.report)
    #expect(result.trouble?.message.contains(message) == true, result.report)
    #expect(ReplayReport([result]).exitStatus == 2)
  }

  @Test func badPatternInAnAnswerIsText() async throws {
    let result = try await replay(
      "mail.example.com> echo [re:( [..]\n\\[re:( \\[..]\nmail.example.com>")
    #expect(result.isMatch, result.report)
  }
}
