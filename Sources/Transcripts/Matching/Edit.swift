/// One step from a transcript's lines to what a session shows.
enum Edit: Equatable {
  case keep(TranscriptLine)
  case remove(TranscriptLine)
  case add(TranscriptLine)

  /// The line that stands in the mended transcript.
  var result: TranscriptLine? {
    switch self {
    case .keep(let line), .add(let line): line
    case .remove: nil
    }
  }

  var isKept: Bool {
    if case .keep = self { true } else { false }
  }

  var isAdded: Bool {
    if case .add = self { true } else { false }
  }

  /// The line as a difference shows it; a secret is never shown.
  var shown: String {
    switch self {
    case .keep(let line): " " + Edit.masked(line)
    case .remove(let line): "-" + Edit.masked(line)
    case .add(let line): "+" + Edit.masked(line)
    }
  }

  private static func masked(_ line: TranscriptLine) -> String {
    if case .secret? = line.directive { "%secret ***" } else { line.raw }
  }
}
