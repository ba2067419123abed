/// A single key, as `%key` names it.
public enum Key: Equatable, Sendable {
  /// Ctrl-C.
  case interrupt
  /// Ctrl-D.
  case endOfFile
  /// Any other key: TAB, SPACE, RETURN, a letter, or a control character such as `^[`.
  case character(Character)

  /// Reads a key's name; nil when there is no such key.
  init?(name: String) {
    switch name {
    case "^C": self = .interrupt
    case "^D": self = .endOfFile
    case "TAB": self = .character("\t")
    case "SPACE": self = .character(" ")
    case "RETURN": self = .character("\r")
    default:
      guard let control = Key.control(name) ?? Key.printable(name) else { return nil }
      self = .character(control)
    }
  }

  /// The key that a terminal delivered.
  init(_ character: Character) {
    switch character {
    case "\u{3}": self = .interrupt
    case "\u{4}": self = .endOfFile
    case "\n", "\r\n": self = .character("\r")
    default: self = .character(character)
    }
  }

  /// The name that `init(name:)` reads, or nil for a key that cannot be written on a line.
  var name: String? {
    switch self {
    case .interrupt: return "^C"
    case .endOfFile: return "^D"
    case .character("\t"): return "TAB"
    case .character(" "): return "SPACE"
    case .character("\r"): return "RETURN"
    case .character(let character):
      if let code = character.asciiValue, code < 32 {
        return "^" + String(UnicodeScalar(code + 64))
      }
      return Key(name: String(character)) == self ? String(character) : nil
    }
  }

  private static func control(_ name: String) -> Character? {
    guard name.utf8.count == 2, name.utf8.first == UInt8(ascii: "^"), let code = name.utf8.last,
      (64..<96).contains(code)
    else { return nil }
    return Character(UnicodeScalar(code - 64))
  }

  private static func printable(_ name: String) -> Character? {
    guard name.count == 1, let character = name.first, !character.isWhitespace,
      character.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else { return nil }
    return character
  }
}
