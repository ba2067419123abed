import Foundation
import Testing
import Transcripts

struct UpdateTests {
  @Test(
    "rewrites what differs and keeps what fits",
    arguments: [
      (
        "a changed line",
        "mail.example.com> echo a\nb\nmail.example.com>",
        "mail.example.com> echo a\na\nmail.example.com>"
      ),
      (
        "lines too few",
        "mail.example.com> lines 3\nline 1\nmail.example.com>",
        "mail.example.com> lines 3\nline 1\nline 2\nline 3\nmail.example.com>"
      ),
      (
        "lines too many",
        "mail.example.com> lines 1\nline 0\nline 1\nline 2\nmail.example.com>",
        "mail.example.com> lines 1\nline 1\nmail.example.com>"
      ),
      (
        "wildcards stay",
        "mail.example.com> date\nThu [..]\nmore\nmail.example.com> lines 9\n...\nline 5\nline x\n...\n"
          + "line 9\nmail.example.com>",
        "mail.example.com> date\nThu [..]\nmail.example.com> lines 9\n...\nline 5\n...\n"
          + "line 9\nmail.example.com>"
      ),
      (
        "a wildcard that does not fit",
        "mail.example.com> date\nFri [..]\nmail.example.com>",
        "mail.example.com> date\nThu Apr 16 18:59:13 2026 GMT\nmail.example.com>"
      ),
      (
        "a capture stays where it fits",
        "mail.example.com> id\nMID {{m}} ICID 8\nmail.example.com> id\nMID {{n}} ICID 7\n"
          + "mail.example.com>",
        "mail.example.com> id\nMID 41 ICID 7\nmail.example.com> id\nMID {{n}} ICID 7\n"
          + "mail.example.com>"
      ),
      (
        "captures that fit alone but not together",
        "mail.example.com> lines 2\nline {{n}}\nline {{n}}\nmail.example.com>",
        "mail.example.com> lines 2\nline 1\nline 2\nmail.example.com>"
      ),
      (
        "comments and directives stay",
        "%# a\nmail.example.com> save x\n%# b\nsaved\n%expect-file x\nmail.example.com>",
        "%# a\nmail.example.com> save x\n%# b\nSaved x.\n%expect-file x\nmail.example.com>"
      ),
      (
        "new lines are escaped",
        "mail.example.com> echo %a\nx\nmail.example.com> echo [..]\nx\nmail.example.com>",
        "mail.example.com> echo %a\n\\%a\nmail.example.com> echo [..]\n\\\\[..]\nmail.example.com>"
      ),
      (
        "a question that went away",
        "mail.example.com> sethostname a.b\nmail.example.com> commit\n...\n[]> c\n"
          + "Do you want to save it? [Y]> y\n...\nChanges [..]\na.b> exit",
        "mail.example.com> sethostname a.b\nmail.example.com> commit\n...\n[]> c\n"
          + "...\nChanges [..]\na.b> exit"
      ),
      (
        "a question in other words keeps its answer",
        "mail.example.com> menu\n...\n[]> new\n...\n> x\nDo you wish to view x? [N]> n\n...\n[]>\n"
          + "mail.example.com>",
        "mail.example.com> menu\n...\n[]> new\n...\n> x\nDo you want to view x? [Y]> n\n...\n[]>\n"
          + "mail.example.com>"
      ),
      (
        "a new main prompt",
        "mail.example.org> echo a\na\nmail.example.org> exit",
        "mail.example.com> echo a\na\nmail.example.com> exit"
      ),
      (
        "a session that goes on",
        "mail.example.com> menu\n...\n[]> new",
        "mail.example.com> menu\n...\n[]> new\nEnter a name for it:\n> "
      ),
      (
        "a session that ends early",
        "mail.example.com> exit\na\nmail.example.com> echo b\nb",
        "mail.example.com> exit"
      ),
      (
        "a new question is answered with Return",
        "---\nasyncos: \"14.2\"\n---\nmail.example.com> sethostname a.b\nmail.example.com> commit\n"
          + "...\n[]> c\nChanges [..]\na.b> exit",
        "---\nasyncos: \"14.2\"\n---\nmail.example.com> sethostname a.b\nmail.example.com> commit\n"
          + "...\n[]> c\nDo you want to save the current configuration for rollback? [Y]> \n"
          + "Changes [..]\na.b> exit"
      ),
      (
        "around pastes and secrets",
        "mail.example.com> paste\nPaste:\n-----BEGIN X-----\n.\n1 line\nmail.example.com> secret\n"
          + "Pass:\n%secret Tr0ub4dor\nOK.\nmail.example.com>",
        "mail.example.com> paste\nPaste it (end with '.'):\n-----BEGIN X-----\n.\n"
          + "1 lines, 17 bytes\nmail.example.com> secret\nEnter pass phrase for PKCS#12 file:\n"
          + "%secret Tr0ub4dor\nRight.\nmail.example.com>"
      ),
      (
        "in two sessions",
        "mail.example.com> echo a\nb\n%session x\nmail.example.com> echo c\nd\n%session main\n"
          + "mail.example.com>",
        "mail.example.com> echo a\na\n%session x\nmail.example.com> echo c\nc\n%session main\n"
          + "mail.example.com>"
      ),
    ])
  func rewrites(_ name: String, _ before: String, _ after: String) async throws {
    let (text, result) = try await update(before)
    #expect(result.outcome == .matched(updated: true), result.report)
    #expect(text == after + "\n", "\(name)")
    let again = try await replay(text)
    #expect(again.isMatch, again.report)
  }

  @Test func matchingFileIsLeftAlone() async throws {
    let text = "%# kept as it is  \r\nmail.example.com> echo a\n...\nmail.example.com>\n\n\n"
    let (after, result) = try await update(text)
    #expect(result.outcome == .matched(updated: false))
    #expect(after.utf8.elementsEqual(text.utf8))
  }

  @Test func modeIsKept() async throws {
    let folder = try Folder()
    let path = try folder.write("mail.example.com> echo a\nb\nmail.example.com>", "t.transcript")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    var options = Replayer.Options()
    options.update = true
    #expect(await folder.replay("t.transcript", options: options).isMatch)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func refusesUnderCI() async throws {
    let folder = try Folder()
    try folder.write("mail.example.com> echo a\nb\nmail.example.com>", "t.transcript")
    var options = Replayer.Options()
    options.update = true
    options.isCI = true
    let result = await folder.replay("t.transcript", options: options)
    #expect(result.trouble?.message.contains("under CI") == true)
    #expect(try folder.read("t.transcript").contains("\nb\n"))
  }

  @Test func missingSecretIsNotInvented() async throws {
    let text = "mail.example.com> secret\nPass:\nOK.\nmail.example.com>"
    let (after, result) = try await update(text)
    #expect(!result.isMatch)
    #expect(after == text)
  }

  @Test func troubleLeavesTheFileAlone() async throws {
    let text = "mail.example.com> echo a\nb\nmail.example.com> echo {{c}}\n"
    let (after, result) = try await update(text)
    #expect(result.trouble?.line == 3)
    #expect(after == text)
  }

  @Test func longOutputIsReplacedAsAWhole() async throws {
    let old = (1...3000).map { "old \($0)" }.joined(separator: "\n")
    let (text, result) = try await update(
      "mail.example.com> lines 3000\nline 1\n\(old)\nmail.example.com>")
    #expect(result.isMatch, result.report)
    #expect(text.contains("\nline 3000\n") && !text.contains("old"))
  }
}
