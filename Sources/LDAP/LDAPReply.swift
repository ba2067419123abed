/// One message of a directory server.
struct LDAPReply: Hashable, Sendable {
  /// What it says.
  enum Operation: Hashable, Sendable {
    /// The end of a bind.
    case bind(LDAPResult)
    /// The end of an extended operation, or a notice of the server, by its name.
    case extended(LDAPResult, name: String?)
    /// An entry that was found, by its name.
    case entry(String)
    /// Other servers that may know more.
    case reference
    /// The end of a search.
    case searchDone(LDAPResult)
  }

  /// The number of the request that it answers; 0 for a notice.
  let id: Int
  /// What it says.
  let operation: Operation

  /// The name of the notice of disconnection.
  static let disconnectionName = "1.3.6.1.4.1.1466.20036"

  /// Reads the content of an `LDAPMessage`; controls are passed over.
  ///
  /// - Throws: `LDAPFault.malformed`.
  init(_ content: ArraySlice<UInt8>) throws(LDAPFault) {
    var message = BERReader(content)
    id = try message.integer(BERTag.integer, "a message's number")
    guard id >= 0 else { throw .malformed("a message's number is negative") }
    let element = try message.element()
    var reader = BERReader(element.content)
    switch element.tag {
    case 0x61: operation = .bind(try LDAPResult(&reader))
    case 0x64: operation = .entry(try reader.text("an entry's name"))
    case 0x65: operation = .searchDone(try LDAPResult(&reader))
    case 0x73: operation = .reference
    case 0x78:
      let result = try LDAPResult(&reader)
      operation = .extended(result, name: try Self.name(&reader))
    default: throw .malformed("an operation is unknown")
    }
  }

  /// The optional name behind the result of an extended operation.
  private static func name(_ reader: inout BERReader) throws(LDAPFault) -> String? {
    while !reader.isAtEnd {
      let element = try reader.element()
      if element.tag == BERTag.context(10) {
        return String(decoding: element.content, as: UTF8.self)
      }
    }
    return nil
  }
}

extension LDAPResult {
  /// Reads the three parts that all results begin with; the second is the last entry on the way to
  /// the one asked for.
  init(_ reader: inout BERReader) throws(LDAPFault) {
    code = Code(rawValue: try reader.integer(BERTag.enumerated, "a result"))
    _ = try reader.text("a matched name")
    message = try reader.text("a message")
    // Referrals; nobody here follows them.
    if reader.nextTag == BERTag.contextConstructed(3) { _ = try reader.element() }
  }
}
