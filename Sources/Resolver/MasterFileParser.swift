import Addresses

/// Reads the records of a master file (RFC 1035 §5), with `$ORIGIN` and `$TTL` (RFC 2308 §4).
///
/// A comment `dnssec=secure`, `dnssec=insecure` or `dnssec=bogus` behind a record says what a
/// validating resolver would find out about it; without one it is insecure.
struct MasterFileParser {
  private var origin = DomainName(labels: [])
  private var defaultTTL: UInt32 = 3600
  private var owner: DomainName?
  private var line = 0

  static func records(of text: String) throws(ZoneError) -> [ResourceRecord] {
    var parser = MasterFileParser()
    var scanner = MasterFileScanner(text)
    var records: [ResourceRecord] = []
    while let entry = try scanner.next() {
      parser.line = entry.line
      if let record = try parser.record(entry) { records.append(record) }
    }
    return records
  }

  private mutating func record(_ entry: MasterFileScanner.Entry) throws(ZoneError)
    -> ResourceRecord?
  {
    var words = entry.words[...]
    if let first = words.first, first.hasPrefix("$"), !entry.continuesOwner {
      try directive(first.uppercased(), words.dropFirst())
      return nil
    }
    if !entry.continuesOwner, let first = words.popFirst() { owner = try name(first) }
    guard let owner else { throw error("The first record has no owner.") }
    let ttl = readTTLAndClass(&words)
    guard let word = words.popFirst() else { throw error("A record has no type.") }
    guard let type = RecordType(rawValue: word.uppercased()) else {
      throw error("The record type \"\(word)\" is not known here.")
    }
    return ResourceRecord(
      owner: owner, ttl: ttl, data: try data(type, Array(words)),
      security: try security(entry.comments))
  }

  private mutating func directive(
    _ directive: String, _ arguments: ArraySlice<String>
  ) throws(ZoneError) {
    let argument = arguments.first ?? ""
    switch directive {
    case "$ORIGIN":
      origin = try name(argument)
    case "$TTL":
      guard let ttl = MasterFileParser.seconds(argument) else {
        throw error("\"\(argument)\" is not a time to live.")
      }
      defaultTTL = ttl
    default:
      throw error("The directive \(directive) is not known here.")
    }
  }

  /// TTL and class may stand in either order, or be absent.
  private func readTTLAndClass(_ words: inout ArraySlice<String>) -> UInt32 {
    var ttl = defaultTTL
    for _ in 0..<2 {
      guard let word = words.first else { break }
      if word.uppercased() == "IN" {
        words.removeFirst()
      } else if let seconds = MasterFileParser.seconds(word) {
        ttl = seconds
        words.removeFirst()
      }
    }
    return ttl
  }

  private func data(_ type: RecordType, _ texts: [String]) throws(ZoneError) -> RecordData {
    guard let needed = MasterFileParser.wordCount[type], needed.contains(texts.count) else {
      throw error("A record of type \(type.rawValue) has the wrong number of values.")
    }
    switch type {
    case .a:
      guard let address = IPv4Address(texts[0]) else {
        throw error("\"\(texts[0])\" is not an IPv4 address.")
      }
      return .a(address)
    case .aaaa:
      guard let address = IPv6Address(texts[0]) else {
        throw error("\"\(texts[0])\" is not an IPv6 address.")
      }
      return .aaaa(address)
    case .cname: return .cname(try name(texts[0]))
    case .ns: return .ns(try name(texts[0]))
    case .ptr: return .ptr(try name(texts[0]))
    case .mx:
      return .mx(preference: try number(texts[0]), exchanger: try name(texts[1]))
    case .soa:
      return .soa(
        StartOfAuthority(
          server: try name(texts[0]), mailbox: try name(texts[1]), serial: try number(texts[2]),
          refresh: try time(texts[3]), retry: try time(texts[4]), expire: try time(texts[5]),
          minimum: try time(texts[6])))
    case .tlsa:
      // RFC 6698 §2.2 lets the digits stand in several words.
      guard let association = MasterFileParser.bytes(hexadecimal: texts[3...].joined()) else {
        throw error("The association data of a TLSA record are not hexadecimal.")
      }
      return .tlsa(
        TLSARecord(
          usage: try number(texts[0]), selector: try number(texts[1]),
          matching: try number(texts[2]), data: association))
    case .txt:
      guard texts.allSatisfy({ $0.utf8.count <= 255 }) else {
        throw error("A text is longer than 255 bytes.")
      }
      return .txt(texts)
    }
  }

  private static let wordCount: [RecordType: ClosedRange<Int>] = [
    .a: 1...1, .aaaa: 1...1, .cname: 1...1, .ns: 1...1, .ptr: 1...1, .mx: 2...2, .soa: 7...7,
    .tlsa: 4...64, .txt: 1...64,
  ]

  private func security(_ comments: [String]) throws(ZoneError) -> RecordSecurity {
    for comment in comments {
      for word in comment.split(separator: " ") where word.lowercased().hasPrefix("dnssec=") {
        guard let security = RecordSecurity(rawValue: word.dropFirst(7).lowercased()) else {
          throw error("\"\(word)\" is none of secure, insecure, bogus.")
        }
        return security
      }
    }
    return .insecure
  }

  /// A name, under the origin unless it ends with a dot.
  private func name(_ text: String) throws(ZoneError) -> DomainName {
    if text == "@" { return origin }
    guard let name = DomainName(text) else { throw error("\"\(text)\" is not a domain name.") }
    guard !text.hasSuffix(".") else { return name }
    let whole = DomainName(labels: name.labels + origin.labels)
    guard DomainName.canBeName(whole.labels) else {
      throw error("\"\(text)\" and its $ORIGIN together are longer than 253 bytes.")
    }
    return whole
  }

  private func number<Value: FixedWidthInteger>(_ text: String) throws(ZoneError) -> Value {
    guard let value = Value(text) else {
      throw error("\"\(text)\" is not a number from 0 to \(Value.max).")
    }
    return value
  }

  private func time(_ text: String) throws(ZoneError) -> UInt32 {
    guard let value = MasterFileParser.seconds(text) else {
      throw error("\"\(text)\" is not a time.")
    }
    return value
  }

  private func error(_ message: String) -> ZoneError { ZoneError(line: line, message) }
}
