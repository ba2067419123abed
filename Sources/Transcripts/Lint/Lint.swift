/// Keeps golden files honest: they tell most of what is shown, and nothing that is secret.
public struct Lint: Sendable {
  /// Something that a golden file should not do.
  public struct Finding: Equatable, Sendable, CustomStringConvertible {
    /// The file as the user named it.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// One sentence for a user.
    public let message: String

    /// `FILE:LINE: message`.
    public var description: String { "\(file):\(line): \(message)" }
  }

  private let facts: ReplayFacts?

  /// Makes a lint.
  ///
  /// - Parameter facts: what a replay of the file learned. Without them prompts are told by their
  ///   looks, and a `...` counts as one line.
  public init(facts: ReplayFacts? = nil) {
    self.facts = facts
  }

  /// What is wrong with a transcript, in the order of its lines.
  ///
  /// Files of a command's folder must show what stands next to a prompt and tell at least half of
  /// the output literally; those in a folder named `guide` may leave out as much as they like.
  public func findings(in transcript: Transcript) -> [Finding] {
    var findings = SecretLint(transcript).findings()
    let folders = transcript.file.split(separator: "/").dropLast()
    if folders.last != "guide" {
      let prompts = promptLines(of: transcript)
      findings += dots(transcript, prompts)
      findings += share(transcript, prompts)
    }
    return findings.sorted { $0.line < $1.line }
  }

  private func promptLines(of transcript: Transcript) -> Set<Int> {
    let lines = transcript.lines
    return facts?.promptLines ?? Set(PromptShape.prompts(lines).map { lines[$0].number })
  }

  private func dots(_ transcript: Transcript, _ prompts: Set<Int>) -> [Finding] {
    let lines = transcript.lines.filter { !$0.isTransparent }
    return lines.indices.compactMap { index in
      guard lines[index].content == .dots else { return nil }
      let after = index > 0 && Lint.isPrompt(lines[index - 1], prompts)
      let before = index + 1 < lines.count && Lint.isPrompt(lines[index + 1], prompts)
      guard before || after else { return nil }
      return Finding(
        file: transcript.file, line: lines[index].number,
        message: "... stands directly \(after ? "after" : "before") a prompt: show what is there.")
    }
  }

  /// A prompt's line, or the directive that answers below it.
  private static func isPrompt(_ line: TranscriptLine, _ prompts: Set<Int>) -> Bool {
    prompts.contains(line.number) || line.directive?.isAnswer == true
  }

  private func share(_ transcript: Transcript, _ prompts: Set<Int>) -> [Finding] {
    var (literal, expected) = (0, 0)
    for line in transcript.lines where !prompts.contains(line.number) {
      switch line.content {
      case .text(_, let pattern):
        expected += 1
        if pattern.isLiteral { literal += 1 }
      case .dots: expected += 1
      case .directive, .comment: continue
      }
    }
    if let facts { (literal, expected) = (facts.literalLines, facts.shownLines) }
    guard literal * 2 < expected else { return [] }
    return [
      Finding(
        file: transcript.file, line: transcript.lines.first?.number ?? 1,
        message: "Only \(literal) of \(expected) lines of output are told literally; at least half "
          + "must be.")
    ]
  }
}
