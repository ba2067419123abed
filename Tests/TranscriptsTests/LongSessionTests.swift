import Foundation
import Testing
import Transcripts

/// How fast this goes is measured by the benchmarks, not here.
struct LongSessionTests {
  @Test func tenThousandPromptsMatch() async throws {
    let count = 10_000
    let lines = (0..<(count / 4)).map { number in
      "mail.example.com> echo \(number)\n\(number)\nmail.example.com> lines 3\nline 1\n...\nline 3\n"
        + "mail.example.com> date\nThu [..] GMT\n"
        + "mail.example.com> id\nMID [re:\\d+] ICID {{icid}}\n"
    }
    let result = try await replay(lines.joined() + "mail.example.com> exit")
    #expect(result.isMatch, result.report)
    #expect(result.facts.prompts == count + 1)
  }

  @Test func thirtyThousandLinesBetweenTwoPromptsMatch() async throws {
    let result = try await replay(
      "mail.example.com> lines 30000\n...\nline 15000\n...\nline 30000\nmail.example.com>")
    #expect(result.isMatch, result.report)
  }
}
