import Dialogue

/// How text for people is laid out: in which colours, and how wide.
public struct Layout: Sendable {
  /// Its colours.
  public let ink: Ink
  /// The columns of the window; nil where lines may have any length.
  public let columns: Int?

  /// Makes it.
  public init(ink: Ink, columns: Int?) {
    self.ink = ink
    self.columns = columns
  }

  /// For files and pipes: without colours, and nothing is broken into lines.
  public static let plain = Layout(ink: Ink(isColoured: false), columns: nil)

  /// A paragraph, broken into lines that fit into the window, without a line end behind the last.
  ///
  /// - Parameter indent: blanks before each line.
  public func paragraph(_ text: String, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    // A line that is as long as the window is wide leaves an empty one behind on some terminals.
    let room = columns.map { max(20, $0 - 1 - indent) } ?? .max
    return lines(of: text, room: room).map { margin + $0 }.joined(separator: "\n")
  }

  /// A paragraph behind a heading; its further lines stand under its first one.
  public func paragraph(_ text: String, behind heading: String) -> String {
    let indent = heading.screenWidth
    return heading + paragraph(text, indent: indent).dropFirst(indent)
  }

  private func lines(of text: String, room: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var width = 0
    for piece in Self.pieces(of: text) {
      let next = piece.screenWidth
      if width + next > room, width > 0 {
        lines.append(line)
        (line, width) = ("", 0)
        if piece == " " { continue }
      }
      line += piece
      width += next
    }
    return (lines + [line]).map { String($0.reversed().drop { $0 == " " }.reversed()) }
  }

  /// What must not stand at the beginning of a line, and at the end of one.
  ///
  /// Source: JIS X 4051, the line breaks of Japanese.
  private static let closing = Set("、。，．）」』】〕！？：；・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
  private static let opening = Set("（「『【〔")

  /// What is never broken: words, and single wide characters with what they hold on to.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    for character in text {
      let before = pieces.last?.last
      let isBound =
        closing.contains(character) || before.map(opening.contains) == true
        || (before.map(isPartOfWord) == true && isPartOfWord(character))
      if isBound, !pieces.isEmpty {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    return pieces
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character != " " && String(character).screenWidth < 2
  }
}
