/// Colours on a terminal, or none where the text goes elsewhere.
///
/// Source: ECMA-48 (SGR); https://no-color.org.
public struct Ink: Sendable {
  /// What a piece of text says.
  public enum Tone: String, Sendable {
    /// A heading.
    case strong = "1"
    /// Of lesser weight.
    case faint = "2"
    /// What is wrong.
    case bad = "31"
    /// What is right.
    case good = "32"
    /// What may be wrong.
    case doubtful = "33"
    /// By the way.
    case note = "36"
  }

  private let isColoured: Bool

  /// Makes it.
  ///
  /// - Parameter isColoured: whether escape sequences are written at all.
  public init(isColoured: Bool) { self.isColoured = isColoured }

  /// Whether a program that runs in an environment may write colours.
  ///
  /// - Parameters:
  ///   - isTerminal: whether a terminal shows what it writes.
  ///   - environment: its variables.
  public init(isTerminal: Bool, environment: [String: String]) {
    let isRefused = environment["NO_COLOR"]?.isEmpty == false
    isColoured = isTerminal && !isRefused && environment["TERM"] != "dumb"
  }

  /// A text in its colour.
  public func callAsFunction(_ text: String, _ tone: Tone) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }
}
