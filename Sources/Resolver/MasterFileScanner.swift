/// Cuts a master file into entries of words: comments, parentheses, quotes, escapes
/// (RFC 1035 §5.1).
struct MasterFileScanner {
  struct Entry: Equatable {
    /// The number of the entry's first line, from 1.
    var line: Int
    /// Whether it begins with a blank, so that the owner is the one before.
    var continuesOwner: Bool
    var words: [String] = []
    /// The texts behind semicolons.
    var comments: [String] = []
  }

  private var characters: Substring
  private var line = 1

  init(_ text: String) { characters = text[...] }

  /// The next entry that has a word in it, or nil at the end.
  mutating func next() throws(ZoneError) -> Entry? {
    while !characters.isEmpty {
      let entry = try readEntry()
      if !entry.words.isEmpty { return entry }
    }
    return nil
  }

  private mutating func readEntry() throws(ZoneError) -> Entry {
    var entry = Entry(line: line, continuesOwner: isBlank(characters.first))
    var depth = 0
    while let character = characters.first {
      switch character {
      case _ where character.isNewline:
        characters.removeFirst()
        line += 1
        if depth == 0 { return entry }
      case _ where isBlank(character):
        characters.removeFirst()
      case ";":
        let comment = characters.dropFirst().prefix { !$0.isNewline }
        entry.comments.append(String(comment))
        characters = characters[comment.endIndex...]
      case "(":
        characters.removeFirst()
        depth += 1
      case ")":
        characters.removeFirst()
        depth -= 1
        if depth < 0 { throw ZoneError(line: line, "A closing parenthesis has no opening one.") }
      case "\"":
        entry.words.append(try readQuoted())
      default:
        entry.words.append(readBare())
      }
    }
    if depth > 0 { throw ZoneError(line: entry.line, "A parenthesis is never closed.") }
    return entry
  }

  private mutating func readQuoted() throws(ZoneError) -> String {
    let start = line
    characters.removeFirst()
    var text = ""
    while let character = characters.popFirst() {
      if character == "\"" { return text }
      if character.isNewline { break }
      text.append(character == "\\" ? readEscape() : character)
    }
    throw ZoneError(line: start, "A quoted text is never closed.")
  }

  private mutating func readBare() -> String {
    var text = ""
    while let character = characters.first, !isBlank(character), !character.isNewline,
      !";()\"".contains(character)
    {
      characters.removeFirst()
      text.append(character == "\\" ? readEscape() : character)
    }
    return text
  }

  /// What follows a backslash: three digits for a byte, or a character that stands for itself.
  private mutating func readEscape() -> Character {
    let digits = characters.prefix(3)
    if digits.count == 3, digits.allSatisfy({ ("0"..."9").contains($0) }), let byte = UInt8(digits)
    {
      characters.removeFirst(3)
      return Character(Unicode.Scalar(byte))
    }
    return characters.popFirst() ?? "\\"
  }

  private func isBlank(_ character: Character?) -> Bool { character == " " || character == "\t" }
}

/// What is wrong with a zone file, and where.
public struct ZoneError: Error, Hashable, CustomStringConvertible {
  /// The number of the line, from 1.
  public let line: Int
  /// One sentence.
  public let message: String

  init(line: Int, _ message: String) {
    self.line = line
    self.message = message
  }

  /// Line and sentence.
  public var description: String { "Line \(line) of the zone: \(message)" }
}
