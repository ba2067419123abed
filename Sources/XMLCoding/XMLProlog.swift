/// What stands before the root element: declaration, document type.
///
/// All of it is settled here, so that the parser behind sees UTF-8 without a document type: then
/// there is no entity that it could expand and nothing outside that it could read.
struct XMLProlog {
  private var bytes: [UInt8]
  private var index = 0

  /// A document in UTF-8 with its declaration and its document type blanked, on the same lines, fit
  /// for the parser.
  static func settle(_ input: [UInt8]) throws(XMLReadError) -> [UInt8] {
    var prolog = XMLProlog(bytes: lineFeeds(input))
    try prolog.refuseZeros()
    try prolog.blankDeclaration()
    try prolog.blankDocumentType()
    return XMLInstructions.mend(prolog.bytes)
  }

  /// Every line end as a line feed (XML 1.0, 2.11), which the parser forgets in CDATA sections.
  private static func lineFeeds(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x0D) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var afterReturn = false
    for byte in bytes {
      if byte == 0x0D {
        result.append(0x0A)
      } else if byte != 0x0A || !afterReturn {
        result.append(byte)
      }
      afterReturn = byte == 0x0D
    }
    return result
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// There is no such character in XML (XML 1.0, 2.2), and the parser, which guesses an encoding from
  /// the first four bytes, crashes at some with zeros.
  private func refuseZeros() throws(XMLReadError) {
    guard let place = bytes.firstIndex(of: 0) else { return }
    throw XMLReadError(
      line: 1 + bytes[..<place].count { $0 == 0x0A },
      reason: "there is a character that XML cannot hold")
  }

  private mutating func blankDeclaration() throws(XMLReadError) {
    guard let end = XMLEncoding.declarationEnd(bytes) else { return }
    let version = XMLEncoding.attribute("version", in: bytes[..<end])
    guard version == "1.0" else {
      throw XMLReadError(line: 1, reason: "the XML version is not 1.0")
    }
    blank(0..<end)
    index = end
  }

  /// Walks over blanks, comments and processing instructions up to the root element.
  private mutating func blankDocumentType() throws(XMLReadError) {
    var hasType = false
    while index < bytes.count {
      if [0x20, 0x09, 0x0A].contains(bytes[index]) {
        index += 1
      } else if starts("<!--") {
        guard skip(past: "-->", after: 4) else { return }
      } else if starts("<?") {
        guard skip(past: "?>", after: 2) else { return }
      } else if starts("<!DOCTYPE") {
        guard !hasType else { throw error("there is a second document type") }
        hasType = true
        try blankOneDocumentType()
      } else {
        return
      }
    }
  }

  /// `<!DOCTYPE config SYSTEM "config.dtd">` is passed over and never read; declarations inside
  /// it are refused.
  private mutating func blankOneDocumentType() throws(XMLReadError) {
    let start = index
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x5B {
        throw error("a document type with declarations of its own is not accepted")
      } else if byte == 0x3E {
        index += 1
        blank(start..<index)
        return
      }
      index += 1
    }
    throw error("the document type is not closed")
  }

  private func starts(_ text: String) -> Bool {
    bytes[index...].starts(with: text.utf8)
  }

  /// - Returns: false when the end is missing: the parser will say so.
  private mutating func skip(past end: String, after start: Int) -> Bool {
    let end = Array(end.utf8)
    var position = index + start
    while position + end.count <= bytes.count {
      if bytes[position...].starts(with: end) {
        index = position + end.count
        return true
      }
      position += 1
    }
    return false
  }

  private mutating func blank(_ range: Range<Int>) {
    for position in range where bytes[position] != 0x0A {
      bytes[position] = 0x20
    }
  }

  private func error(_ reason: String) -> XMLReadError {
    XMLReadError(line: 1 + bytes[..<index].count { $0 == 0x0A }, reason: reason)
  }
}
