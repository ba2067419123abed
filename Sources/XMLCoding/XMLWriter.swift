/// Writes an element as an XML 1.0 document in ISO-8859-1.
///
/// Every character reads back exactly: what Latin-1 lacks, line ends, tabs and blanks at either
/// end of a text are character references. So a long text stays on one line, and the text `> `
/// stands nowhere in the elements.
public struct XMLWriter: Sendable {
  /// What ends each line of the document.
  public enum LineEnd: String, Sendable {
    /// One line feed.
    case lineFeed = "\n"
    /// Carriage return and line feed.
    case crlf = "\r\n"
  }

  /// What ends each line of the document.
  public var lineEnd: LineEnd

  /// Makes a writer.
  public init(lineEnd: LineEnd = .lineFeed) {
    self.lineEnd = lineEnd
  }

  /// The document: declaration, comment block, and the elements indented by two blanks a level.
  ///
  /// - Parameters:
  ///   - root: the outermost element.
  ///   - comment: the lines of the comment block; in them `--` is written `- -`, and a character
  ///     that a comment cannot hold `?`.
  /// - Throws: `DocumentError` naming the element that holds a control character, has a name that
  ///   XML does not allow, holds text and children, or stands deeper than `XMLLimits.standard`.
  public func write(_ root: Element, comment: [String] = []) throws(DocumentError) -> [UInt8] {
    var output = XMLOutput(lineEnd: Array(lineEnd.rawValue.utf8))
    output.line("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")
    if !comment.isEmpty { output.comment(comment) }
    try output.element(root, at: root.name, depth: 0)
    return output.bytes
  }
}

/// The bytes written so far.
private struct XMLOutput {
  let lineEnd: [UInt8]
  var bytes: [UInt8] = []

  init(lineEnd: [UInt8]) {
    self.lineEnd = lineEnd
  }

  mutating func line(_ ascii: String) {
    bytes += ascii.utf8
    bytes += lineEnd
  }

  mutating func comment(_ lines: [String]) {
    line("<!--")
    for text in lines {
      bytes += "  ".utf8
      var afterHyphen = false
      for scalar in text.unicodeScalars {
        if scalar == "-" && afterHyphen { bytes.append(0x20) }
        afterHyphen = scalar == "-"
        let isPlain = (0x20...0x7E).contains(scalar.value) || (0xA0...0xFF).contains(scalar.value)
        bytes.append(isPlain ? UInt8(scalar.value) : 0x3F)
      }
      bytes += lineEnd
    }
    line("-->")
  }

  mutating func element(_ element: Element, at path: String, depth: Int) throws(DocumentError) {
    guard depth < XMLLimits.standard.depth else {
      throw DocumentError(path: path, reason: "the elements are nested too deep")
    }
    guard element.text.isEmpty || element.children.isEmpty else {
      throw DocumentError(path: path, reason: "text and elements stand side by side")
    }
    bytes += repeatElement(0x20, count: 2 * depth)
    bytes.append(0x3C)
    try name(element.name, at: path)
    for (key, value) in element.attributes.sorted(by: { $0.key < $1.key }) {
      bytes.append(0x20)
      try name(key, at: path)
      bytes += "=\"".utf8
      try text(value, at: "\(path)/@\(key)")
      bytes.append(0x22)
    }
    bytes.append(0x3E)
    if element.children.isEmpty {
      try text(element.text, at: path)
    } else {
      bytes += lineEnd
      for child in element.children {
        try self.element(child, at: "\(path)/\(child.name)", depth: depth + 1)
      }
      bytes += repeatElement(0x20, count: 2 * depth)
    }
    bytes += "</".utf8
    try name(element.name, at: path)
    bytes.append(0x3E)
    bytes += lineEnd
  }

  /// A name of letters, digits, `_`, `-` and `.`, all in Latin-1: a name takes no references.
  private mutating func name(_ name: String, at path: String) throws(DocumentError) {
    guard let first = name.unicodeScalars.first else {
      throw DocumentError(path: path, reason: "an element has no name")
    }
    guard isNameStart(first), name.unicodeScalars.allSatisfy(isNamePart) else {
      throw DocumentError(path: path, reason: "\"\(name)\" is not a name in XML")
    }
    bytes += name.unicodeScalars.map { UInt8($0.value) }
  }

  private func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_", "\u{C0}"..."\u{D6}", "\u{D8}"..."\u{F6}", "\u{F8}"..."\u{FF}":
      true
    default: false
    }
  }

  private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "-", ".", "\u{B7}": true
    default: isNameStart(scalar)
    }
  }

  private mutating func text(_ text: String, at path: String) throws(DocumentError) {
    let scalars = text.unicodeScalars
    let start = scalars.firstIndex { $0 != " " } ?? scalars.endIndex
    let end = scalars.lastIndex { $0 != " " } ?? scalars.endIndex
    for index in scalars.indices {
      let scalar = scalars[index]
      switch scalar {
      case "&": bytes += "&amp;".utf8
      case "<": bytes += "&lt;".utf8
      case ">": bytes += "&gt;".utf8
      case "\"": bytes += "&quot;".utf8
      case " " where index < start || index > end: bytes += "&#32;".utf8
      case "\t", "\n", "\r", "\u{7F}"..."\u{9F}", "\u{100}"..."\u{FFFD}", "\u{10000}"...:
        bytes += "&#\(scalar.value);".utf8
      case "\u{20}"..."\u{FF}": bytes.append(UInt8(scalar.value))
      default:
        let code = String(scalar.value, radix: 16, uppercase: true)
        throw DocumentError(
          path: path, reason: "the text holds the character U+\(code), which XML cannot hold")
      }
    }
  }
}
