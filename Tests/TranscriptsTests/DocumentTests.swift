import Foundation
import Testing
import Transcripts

/// The page that explains the format, `docs/transcripts.md`.
struct DocumentTests {
  private func page() throws -> String {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return String(
      decoding: try Data(contentsOf: folder.appending(path: "docs/transcripts.md")), as: UTF8.self)
  }

  private func examples() throws -> [String] {
    try page().matches(of: /```transcript\n((?s).*?)```/).map { String($0.1) }
  }

  @Test func everyExampleIsATranscript() throws {
    let examples = try examples()
    #expect(examples.count >= 10)
    for example in examples {
      #expect(refusal(example) == nil, "\(example)")
      let transcript = try Transcript(example, file: "guide/example.transcript")
      #expect(Lint().findings(in: transcript).isEmpty, "\(example)")
    }
  }

  /// Whatever a transcript may hold stands on the page.
  @Test(arguments: [
    "%secret", "%key", "%paste", "%upload", "%expect-file", "%sh", "%advance", "%mail", "%log",
    "%peer", "%session", "%#", "`title`", "`appliance`", "`asyncos`", "`engine`", "`clock`",
    "`guide`", "`user`", "`window`", "[..]", "{{name}}", "[re:", "\\", "---", "--update",
    "--redact", "--allow-sh", "--junit", "--jobs",
  ])
  func isExplained(_ word: String) throws {
    #expect(try page().contains(word))
  }
}
