/// Processing instructions without data, `<?x?>`: Foundation's parser crashes at them, since it
/// measures the data that are not there.
enum XMLInstructions {
  /// The document with a blank in each of them, by which it says the same (XML 1.0, 2.6).
  static func mend(_ document: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = document[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      result += rest[..<start]
      rest = rest[start...]
      let piece = markup(at: rest)
      rest = rest[piece.endIndex...]
      if isBare(piece) {
        result += piece.dropLast(2) + " ?>".utf8
      } else {
        result += piece
      }
    }
    return result + rest
  }

  /// A comment, a section of plain text, an instruction or a tag; all that is left where its end is
  /// missing.
  private static func markup(at bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if bytes.starts(with: "<!--".utf8) { return piece(of: bytes, after: 4, to: "-->") }
    if bytes.starts(with: "<![CDATA[".utf8) { return piece(of: bytes, after: 9, to: "]]>") }
    if bytes.starts(with: "<?".utf8) { return piece(of: bytes, after: 2, to: "?>") }
    var quote: UInt8?
    for (index, byte) in zip(bytes.indices, bytes) {
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return bytes[...index]
      }
    }
    return bytes
  }

  private static func piece(
    of bytes: ArraySlice<UInt8>, after count: Int, to end: StaticString
  ) -> ArraySlice<UInt8> {
    let length = end.utf8CodeUnitCount
    var index = bytes.startIndex + count
    while index + length <= bytes.endIndex {
      let isEnd = end.withUTF8Buffer { bytes[index..<(index + length)].elementsEqual($0) }
      if isEnd { return bytes[..<(index + length)] }
      index += 1
    }
    return bytes
  }

  private static func isBare(_ piece: ArraySlice<UInt8>) -> Bool {
    piece.starts(with: "<?".utf8) && piece.suffix(2).elementsEqual("?>".utf8)
      && !piece.contains { [0x20, 0x09, 0x0A].contains($0) }
  }
}
