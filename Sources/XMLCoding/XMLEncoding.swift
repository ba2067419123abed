/// The encodings of a document: UTF-8 (also ASCII), ISO-8859-1 and UTF-16 (XML 1.0, 4.3.3).
enum XMLEncoding {
  /// The bytes in UTF-8, without a byte order mark.
  static func unicode(_ bytes: [UInt8]) throws(XMLReadError) -> [UInt8] {
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes[2...], highFirst: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes[2...], highFirst: false) }
    if bytes.starts(with: [0x00, 0x3C]) { return try utf16(bytes[...], highFirst: true) }
    if bytes.starts(with: [0x3C, 0x00]) { return try utf16(bytes[...], highFirst: false) }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let body = hasMark ? Array(bytes[3...]) : bytes
    let declared = declaredName(body) ?? "UTF-8"
    switch declared {
    case "UTF-8", "US-ASCII":
      return try utf8(body)
    case "ISO-8859-1" where !hasMark:
      return Array(String(String.UnicodeScalarView(body.map { Unicode.Scalar($0) })).utf8)
    case "ISO-8859-1", "UTF-16":
      throw XMLReadError(line: 1, reason: "the document is not in the encoding that it names")
    default:
      throw XMLReadError(
        line: 1, reason: "the encoding is none of UTF-8, ISO-8859-1 and UTF-16")
    }
  }

  /// The index after `<?xml … ?>`, nil when the document begins otherwise.
  static func declarationEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.starts(with: "<?xml".utf8), bytes.count > 5,
      [0x20, 0x09, 0x0A, 0x0D].contains(bytes[5])
    else { return nil }
    var index = 5
    while index + 1 < min(bytes.count, 1024) {
      if bytes[index] == 0x3F, bytes[index + 1] == 0x3E { return index + 2 }
      index += 1
    }
    return nil
  }

  /// The value of an attribute of the declaration.
  static func attribute(_ name: String, in declaration: ArraySlice<UInt8>) -> String? {
    let parts = String(decoding: declaration, as: UTF8.self).split {
      "'\"".contains($0)
    }
    for (key, value) in zip(parts, parts.dropFirst()) {
      let key = key.filter { !$0.isWhitespace }
      if key == "\(name)=" || key == "<?xml\(name)=" { return String(value) }
    }
    return nil
  }

  /// The declared encoding in capitals; the other spellings of a name are brought together.
  private static func declaredName(_ bytes: [UInt8]) -> String? {
    guard let end = declarationEnd(bytes),
      let name = attribute("encoding", in: bytes[..<end])?.uppercased()
    else { return nil }
    switch name {
    case "ASCII": return "US-ASCII"
    case "LATIN1", "LATIN-1", "ISO8859-1", "ISO_8859-1": return "ISO-8859-1"
    case "UTF8": return "UTF-8"
    case "UTF-16LE", "UTF-16BE": return "UTF-16"
    default: return name
    }
  }

  private static func utf8(_ bytes: [UInt8]) throws(XMLReadError) -> [UInt8] {
    guard String(validating: bytes, as: UTF8.self) == nil else { return bytes }
    var line = 1
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      if scalar == "\n" { line += 1 }
    }
    throw XMLReadError(line: line, reason: "a byte is not valid UTF-8")
  }

  private static func utf16(
    _ bytes: ArraySlice<UInt8>, highFirst: Bool
  ) throws(XMLReadError) -> [UInt8] {
    let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return highFirst ? first << 8 | second : second << 8 | first
    }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self)
    else { throw XMLReadError(line: 1, reason: "the document is not valid UTF-16") }
    let result = Array(text.utf8)
    guard [nil, "UTF-16"].contains(declaredName(result)) else {
      throw XMLReadError(line: 1, reason: "the document is not in the encoding that it names")
    }
    return result
  }
}
