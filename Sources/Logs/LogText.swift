/// Makes a text fit for one line of a log: whoever may choose the text, a peer or a user, can
/// neither start a line of his own nor send a command to the terminal that shows it.
enum LogText {
  /// Appends the text in UTF-8; control characters are written `\n`, `\r`, `\t`, `\x1b`.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    if text.utf8.contains(where: isSuspect) {
      for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
    } else {
      bytes += text.utf8
    }
  }

  /// The text without what goes beyond `limit` bytes, with a word on what was cut off.
  static func cut(_ text: String, to limit: Int) -> String {
    let utf8 = text.utf8
    guard utf8.count > limit else { return text }
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while end > utf8.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
      utf8.formIndex(before: &end)
    }
    return "\(text[..<end]) [\(utf8.distance(from: end, to: utf8.endIndex)) bytes cut off]"
  }

  /// Control bytes, and the first bytes of what else needs a look: U+0080… and U+2028….
  private static func isSuspect(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar.value {
    case 0x09: bytes += #"\t"#.utf8
    case 0x0A: bytes += #"\n"#.utf8
    case 0x0D: bytes += #"\r"#.utf8
    case 0..<0x10: bytes += #"\x0\#(String(scalar.value, radix: 16))"#.utf8
    case 0x10..<0x20, 0x7F..<0xA0: bytes += #"\x\#(String(scalar.value, radix: 16))"#.utf8
    // Line separators, and the marks that turn the direction of what follows.
    case 0x2028...0x202E, 0x2066...0x2069:
      bytes += #"\u\#(String(scalar.value, radix: 16))"#.utf8
    default: bytes += Array(String(scalar).utf8)
    }
  }
}
