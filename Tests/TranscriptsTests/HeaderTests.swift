import Dialogue
import Foundation
import Testing
import Transcripts

struct HeaderTests {
  @Test func everyKeyIsRead() throws {
    let header = try parse(
      """
      ---
      title: One's own certificate
      appliance: start.xml
      asyncos: "14.2"
      engine: true
      clock: 2026-04-16T18:59:13Z
      guide: [G5, G20]
      user: anna
      window: 24x80
      ---
      mail.example.com>
      """
    ).header
    #expect(header.title == "One's own certificate")
    #expect(header.appliance == .configuration("start.xml"))
    #expect(header.asyncos == "14.2")
    #expect(header.engine)
    #expect(header.clock == Date(timeIntervalSince1970: 1_776_365_953))
    #expect(header.guide == ["G5", "G20"])
    #expect(header.user == "anna")
    #expect(header.window == WindowSize(rows: 24, columns: 80))
  }

  @Test func withoutHeaderTheApplianceIsFresh() throws {
    let transcript = try parse("mail.example.com> exit\n")
    #expect(transcript.header == TranscriptHeader())
    #expect(transcript.header.appliance == .factory)
    #expect(!transcript.header.engine)
  }

  @Test func releaseMayBeANumber() throws {
    #expect(try parse("---\nasyncos: 14.2\n---\n").header.asyncos == "14.2")
  }

  @Test func textIsKeptAsItStands() throws {
    let text = "---\ntitle: a\n---\n%# c\nx> y\n\\%\n"
    #expect(try parse(text).text == text)
  }

  @Test(
    "refused with the line",
    arguments: [
      ("titel: a", "t:2: Unknown header key \"titel\""),
      ("title: a\nengine: maybe", "t:3: The header's engine must be true or false."),
      ("clock: yesterday", "t:2: The header's clock must look like"),
      ("guide: [G5, five]", "t:2: The header's guide must name sections"),
      ("appliance: /etc/passwd.xml", "t:2: The header's appliance must be a path"),
      ("appliance: start.doc", "t:2: The header's appliance must be factory"),
      ("window: large", "t:2: The header's window must look like 24x80"),
      ("- a\n- b", "t:2: The header must be a list of `key: value` lines."),
      ("title: [a]", "t:2: The header's title must be one value."),
      ("title: a\ntitle: b", "t:2: The header says title twice."),
      ("title: \"a", "t:3: The header is not YAML"),
      ("title: a\r\rb\u{85}c\u{2028}d\ntitel: a", "t:3: Unknown header key \"titel\""),
    ])
  func refused(_ header: String, _ message: String) throws {
    let sentence = try #require(refusal("---\n\(header)\n---\nx>\n"))
    #expect(sentence.hasPrefix(message), "\(sentence)")
  }

  @Test func unclosedHeaderIsRefused() {
    #expect(refusal("---\ntitle: a\nx>\n") == "t:1: The header's second --- is missing.")
  }

  @Test func deeplyNestedYAMLIsRefused() throws {
    let nested = String(repeating: "[", count: 4000)
    #expect(refusal("---\ntitle: \(nested)\n---\n")?.contains("not YAML") == true)
    #expect(
      refusal("---\n\(String(repeating: "a", count: 9000))\n---\n")?.contains("8 KiB") == true)
  }
}
