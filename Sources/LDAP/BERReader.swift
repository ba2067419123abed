/// One element of BER: its tag and its content.
struct BERElement: Hashable, Sendable {
  /// Class, form and number in one byte; LDAP has no longer tags.
  let tag: UInt8
  /// What stands within.
  let content: ArraySlice<UInt8>
}

/// Reads elements of BER, one after the other, as LDAP restricts it: definite lengths only.
///
/// Lengths may be longer than they need be, as OpenLDAP writes them. Source: RFC 4511 section 5.1,
/// X.690 section 8.1.
struct BERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Whether all was read.
  var isAtEnd: Bool { rest.isEmpty }

  /// The tag of the next element; nil at the end.
  var nextTag: UInt8? { rest.first }

  /// Reads the next element.
  ///
  /// - Throws: `LDAPFault.malformed` when there is no whole one.
  mutating func element() throws(LDAPFault) -> BERElement {
    guard let header = try BERHeader(rest, limit: .max), rest.count - header.size >= header.length
    else { throw .malformed("an element is cut short") }
    let content = rest.dropFirst(header.size).prefix(header.length)
    rest = rest.dropFirst(header.size + header.length)
    return BERElement(tag: header.tag, content: content)
  }

  /// Reads the next element, which must have a certain tag.
  mutating func content(_ tag: UInt8, _ name: String) throws(LDAPFault) -> ArraySlice<UInt8> {
    let element = try element()
    guard element.tag == tag else { throw .malformed("\(name) has another type") }
    return element.content
  }

  /// Reads the next element as an integer of at most four bytes.
  mutating func integer(_ tag: UInt8, _ name: String) throws(LDAPFault) -> Int {
    let content = try content(tag, name)
    guard (1...4).contains(content.count), let first = content.first else {
      throw .malformed("\(name) is no number of at most four bytes")
    }
    return content.dropFirst().reduce(Int(Int8(bitPattern: first))) { $0 << 8 | Int($1) }
  }

  /// Reads the next element as text; bytes that are none become replacement characters.
  mutating func text(_ name: String) throws(LDAPFault) -> String {
    String(decoding: try content(BERTag.octetString, name), as: UTF8.self)
  }
}

/// What stands before an element's content.
struct BERHeader {
  /// Class, form and number.
  let tag: UInt8
  /// Bytes of the header itself.
  let size: Int
  /// Bytes of the content.
  let length: Int

  /// Reads the header at the start of some bytes; nil when more of them are needed.
  ///
  /// - Parameter limit: the most bytes that the content may have.
  /// - Throws: `LDAPFault` for a header that LDAP does not allow.
  init?(_ bytes: ArraySlice<UInt8>, limit: Int) throws(LDAPFault) {
    guard let tag = bytes.first else { return nil }
    guard tag & 0x1F != 0x1F else { throw .malformed("a tag has several bytes") }
    self.tag = tag
    guard let first = bytes.dropFirst().first else { return nil }
    if first < 0x80 {
      (size, length) = (2, Int(first))
    } else {
      let count = Int(first & 0x7F)
      guard count > 0 else { throw .malformed("a length is indefinite") }
      guard count <= 8 else { throw .malformed("a length has more than eight bytes") }
      let digits = bytes.dropFirst(2).prefix(count)
      guard digits.count == count else { return nil }
      let value = digits.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let length = Int(exactly: value) else { throw .tooLong }
      (size, self.length) = (2 + count, length)
    }
    guard length <= limit else { throw .tooLong }
  }
}
