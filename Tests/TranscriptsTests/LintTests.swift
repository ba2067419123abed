import Testing
import Transcripts

struct LintTests {
  @Test func honestFileHasNoFinding() throws {
    let text = """
      mail.example.com> lines 9
      line 1
      ...
      line 9
      mail.example.com> date
      Thu [..]
      mail.example.com> menu

      Choose the operation you want to perform:
      - NEW - Make one.
      []>
      mail.example.com> exit
      """
    #expect(Lint().findings(in: try Transcript(text, file: "echo/a.transcript")).isEmpty)
  }

  @Test(
    "dots beside a prompt",
    arguments: [
      ("x.y> lines 9\n...\nline 8\nline 9\nx.y>", 2, "after"),
      ("x.y> lines 9\nline 1\nline 2\n...\nx.y>", 4, "before"),
      ("x.y> lines 9\nline 1\nline 2\n...\n%# c\nx.y>", 4, "before"),
      ("x.y> a\nb\nc\n...\nDo you want to? [N]> y\nd\nx.y>", 4, "before"),
      ("x.y> a\nb\nc\n...\nPass:\n%secret abcd\nd\ne\nx.y>", 4, "before"),
      ("x.y> a\nPass:\n%secret abcd\n...\nd\ne\nx.y>", 4, "after"),
      ("x.y> a\nb\nc\n...\n(Cluster a)> y\nd\nx.y>", 4, "before"),
      ("x.y> a\nb\nc\n...\n> y\nd\nx.y>", 4, "before"),
      ("x.y> a\nb\nc\n...\n-Press Any Key For More-\n%key SPACE\nd\nx.y>", 4, "before"),
    ])
  func dots(_ text: String, _ line: Int, _ side: String) throws {
    let findings = Lint().findings(in: try Transcript(text, file: "Transcripts/a/a.transcript"))
    let finding = try #require(findings.first, "\(findings)")
    #expect(findings.count == 1, "\(findings)")
    #expect(finding.line == line)
    #expect(finding.message.contains("directly \(side) a prompt"))
    #expect(finding.description.hasPrefix("Transcripts/a/a.transcript:\(line): "))
    let guide = try Transcript(text, file: "Transcripts/guide/a.transcript")
    #expect(Lint().findings(in: guide).isEmpty)
  }

  @Test func halfOfTheOutputIsLiteral() throws {
    let text = "x.y> a\nb\n[..]\n[..]\n{{c}}\nx.y>"
    let findings = Lint().findings(in: try Transcript(text, file: "Transcripts/a/a.transcript"))
    #expect(findings.map(\.line) == [1])
    #expect(findings.first?.message.contains("1 of 4") == true)
  }

  @Test func replayTellsWhatDotsSwallowed() async throws {
    let text = "mail.example.com> lines 50\nline 1\n...\nline 50\nmail.example.com>"
    let transcript = try Transcript(text, file: "Transcripts/a/a.transcript")
    #expect(Lint().findings(in: transcript).isEmpty)
    let facts = try await replay(text).facts
    let findings = Lint(facts: facts).findings(in: transcript)
    #expect(findings.first?.message.contains("2 of 50") == true, "\(findings)")
  }

  @Test func secretsInSight() throws {
    let text = """
      x.y> a
      Pass:
      %secret Tr0ub4dor
      The pass phrase is "Tr0ub4dor".
      Tr0ub4dors are no secret.
      -----BEGIN RSA PRIVATE KEY-----
      x.y>
      """
    let findings = Lint().findings(in: try Transcript(text, file: "Transcripts/guide/a.transcript"))
    #expect(findings.map(\.line) == [4, 6])
    #expect(!findings.description.contains("Tr0ub4dor"))
  }

  @Test("A secret is found behind one of its own beginnings and beside zeros")
  func secretsBesideOddText() throws {
    let zeros = String(repeating: "\u{0}", count: 40)
    let text = "x.y> a\nPass:\n%secret ab--c-\nab--c-ab--c-\n\(zeros)ab--c-\(zeros)\nx.y>"
    let findings = Lint().findings(in: try Transcript(text, file: "a/a.transcript"))
    #expect(findings.map(\.line) == [4, 5])
  }

  @Test func shortSecretsAreFoundAnywhereByChance() throws {
    let text = "x.y> a\nPass:\n%secret 1\nline 1\nx.y>"
    #expect(Lint().findings(in: try Transcript(text, file: "a/a.transcript")).isEmpty)
  }
}
