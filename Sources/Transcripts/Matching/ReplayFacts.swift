/// What a replay learns about its transcript: which lines are prompts, how much is told literally.
public struct ReplayFacts: Equatable, Sendable {
  /// The times that the session waited: prompts, pastes, pager keys.
  public internal(set) var prompts = 0
  /// The file's lines that hold a prompt, counted from 1.
  public internal(set) var promptLines: Set<Int> = []
  /// The lines that the session showed.
  public internal(set) var shownLines = 0
  /// The transcript's lines that tell such a line with a text of their own.
  public internal(set) var literalLines = 0

  /// Knows nothing yet.
  public init() {}

  mutating func count(_ line: TranscriptLine) {
    if case .text(_, let pattern) = line.content, pattern.isLiteral { literalLines += 1 }
  }
}
