/// A piece of a line: text, or something that stands for text.
enum Token: Equatable {
  case text(String)
  /// `[..]`: anything.
  case any
  /// `{{name}}`: captured at its first use, equal later.
  case capture(String)
  /// `[re:…]`.
  case expression(String)
  /// `[re:` whose bracket is never closed.
  case unclosedExpression
}

/// The backslash rules.
///
/// At the start of a line a `\` makes `%…`, `\…`, `...` and `---` literal. Anywhere, a `\` before
/// `[..]`, `[re:` or `{{name}}` takes the meaning away; only there are backslashes counted in pairs.
enum Escapes {
  private static let backslash = UInt8(ascii: "\\")

  /// A line without the backslash at its start.
  static func unescapedStart(_ raw: String) -> String {
    guard raw.utf8.first == backslash else { return raw }
    let rest = String(decoding: raw.utf8.dropFirst(), as: UTF8.self)
    return needsEscape(rest) ? rest : raw
  }

  /// A line that `unescapedStart` gives back as it was.
  static func escapedStart(_ text: String) -> String {
    needsEscape(text) ? "\\" + text : text
  }

  private static func needsEscape(_ text: String) -> Bool {
    let first = text.utf8.first
    return first == UInt8(ascii: "%") || first == backslash || isReserved(text)
  }

  /// Whether a line is `...` or `---`, blanks after it not counted.
  static func isReserved(_ text: String) -> Bool {
    let trimmed = text.droppingTrailingBlanks
    return trimmed == "..." || trimmed == "---"
  }

  /// The pieces of a line; in an answer (`patterns` false) only `{{name}}` means something.
  static func tokens(_ text: String, patterns: Bool) -> [Token] {
    let bytes = Array(text.utf8)
    var tokens: [Token] = []
    var literal: [UInt8] = []
    var i = 0
    while i < bytes.count {
      let start = i
      while i < bytes.count, bytes[i] == backslash { i += 1 }
      let run = i - start
      guard let (token, end) = token(bytes, at: i, patterns: patterns) else {
        literal += bytes[start..<min(i + 1, bytes.count)]
        i += 1
        continue
      }
      literal += repeatElement(backslash, count: run / 2)
      if run % 2 == 1 {
        let end = opening(token, bytes, at: i, end: end)
        literal += bytes[i..<end]
        i = end
      } else {
        if !literal.isEmpty { tokens.append(.text(String(decoding: literal, as: UTF8.self))) }
        literal = []
        tokens.append(token)
        i = end
      }
    }
    if !literal.isEmpty { tokens.append(.text(String(decoding: literal, as: UTF8.self))) }
    return tokens
  }

  /// A line whose `tokens` are the one literal text.
  static func escaped(_ text: String, patterns: Bool) -> String {
    guard text.contains("[") || text.contains("{{") else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var i = 0
    while i < bytes.count {
      let start = i
      while i < bytes.count, bytes[i] == backslash { i += 1 }
      guard let (token, end) = token(bytes, at: i, patterns: patterns) else {
        result += bytes[start..<min(i + 1, bytes.count)]
        i += 1
        continue
      }
      let after = opening(token, bytes, at: i, end: end)
      result += repeatElement(backslash, count: 2 * (i - start) + 1)
      result += bytes[i..<after]
      i = after
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// An escaped expression is literal as far as its `[re:` only: what follows is ordinary text.
  private static func opening(_ token: Token, _ bytes: [UInt8], at start: Int, end: Int) -> Int {
    switch token {
    case .expression, .unclosedExpression: start + 4
    default: end
    }
  }

  private static func token(
    _ bytes: [UInt8], at start: Int, patterns: Bool
  ) -> (Token, end: Int)? {
    let rest = bytes[start...]
    if rest.starts(with: "{{".utf8) { return capture(bytes, at: start) }
    guard patterns else { return nil }
    if rest.starts(with: "[..]".utf8) { return (.any, start + 4) }
    if rest.starts(with: "[re:".utf8) { return expression(bytes, at: start) }
    return nil
  }

  private static func capture(_ bytes: [UInt8], at start: Int) -> (Token, end: Int)? {
    let name = bytes[(start + 2)...].prefix { byte in
      byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || isLetter(byte)
        || (48..<58).contains(byte)
    }
    guard let first = name.first, isLetter(first), name.count <= 64,
      bytes[name.endIndex...].starts(with: "}}".utf8)
    else { return nil }
    return (.capture(String(decoding: name, as: UTF8.self)), name.endIndex + 2)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65..<91).contains(byte) || (97..<123).contains(byte)
  }

  /// Ends at the bracket that closes it: brackets nest, and a backslash hides one.
  private static func expression(_ bytes: [UInt8], at start: Int) -> (Token, end: Int) {
    var depth = 1
    var i = start + 4
    while i < bytes.count {
      switch bytes[i] {
      case backslash: i += 1
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          return (.expression(String(decoding: bytes[(start + 4)..<i], as: UTF8.self)), i + 1)
        }
      default: break
      }
      i += 1
    }
    return (.unclosedExpression, bytes.count)
  }
}

extension String {
  /// The text without the blanks, tabs and carriage returns at its end: a screen does not show them.
  var droppingTrailingBlanks: String {
    guard let last = utf8.last, last == 0x20 || last == 0x09 || last == 0x0D else { return self }
    return Substring(self).droppingTrailingBlanks
  }
}

extension Substring {
  /// The same for a part of a text.
  var droppingTrailingBlanks: String {
    var bytes = utf8
    while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D {
      bytes.removeLast()
    }
    return String(Substring(bytes))
  }
}
