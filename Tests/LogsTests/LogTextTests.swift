import Foundation
import Logs
import Testing

@Suite("What peers put into a line") struct LogTextTests {
  private let folder = LogFolder()

  private func written(_ texts: [String], limits: LogLimits = .standard) async throws -> [String] {
    let log = try folder.log(limits: limits)
    for text in texts { log.write(text) }
    await log.close()
    return try folder.texts()
  }

  @Test(
    "Control characters become escapes, anything else stays",
    arguments: [
      ("a\r\nTue Nov 24 18:00:12 2026 Info: b", #"a\r\nTue Nov 24 18:00:12 2026 Info: b"#),
      ("\u{1B}[2J\u{7}\u{0}\t\u{7F}", #"\x1b[2J\x07\x00\t\x7f"#),
      ("\u{9B}31m\u{85}", #"\x9b31m\x85"#),
      ("\u{2028}\u{202E}\u{2069}", #"\u2028\u202e\u2069"#),
      ("é€😀 Â£ “q”\u{A0}\\n", "é€😀 Â£ “q”\u{A0}\\n"),
      ("", ""),
    ])
  func escapes(_ text: String, _ line: String) async throws {
    #expect(try await written([text]) == [line])
  }

  @Test("2,000 random texts stay a line each, free of control bytes")
  func fuzz() async throws {
    var random = SystemRandomNumberGenerator()
    let texts = (0..<2000).map { number in
      let scalars = (0..<40).map { _ in
        let limit: UInt32 = [0x20, 0xA0, 0x2100, 0x11_0000].randomElement(using: &random) ?? 0x20
        return Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) ?? "\n"
      }
      return "<\(number)>" + String(String.UnicodeScalarView(scalars))
    }
    let lines = try await written(texts)
    #expect(lines.count == texts.count)
    for (number, line) in lines.enumerated() {
      #expect(line.utf8.starts(with: "<\(number)>".utf8))
      let isClean = line.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control && !(0x2028...0x202E).contains($0.value)
      }
      #expect(isClean, "\(texts[number].debugDescription)")
    }
  }

  @Test("A text beyond the limit is cut at a character, and says so")
  func longText() async throws {
    var limits = LogLimits()
    limits.lineBytes = 10
    let lines = try await written(["1234567890", "123456789é123", "€€€€"], limits: limits)
    #expect(
      lines == ["1234567890", "123456789 [5 bytes cut off]", "€€€ [3 bytes cut off]"])
  }
}
