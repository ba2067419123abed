import Addresses

extension RecordType {
  /// The type's number on the wire (RFC 1035 §3.2.2, RFC 3596, RFC 6698).
  var number: UInt16 {
    switch self {
    case .a: 1
    case .ns: 2
    case .cname: 5
    case .soa: 6
    case .ptr: 12
    case .mx: 15
    case .txt: 16
    case .aaaa: 28
    case .tlsa: 52
    }
  }
}

extension RecordData {
  /// Reads a record's data as they came over the network, names uncompressed.
  ///
  /// - Returns: nil when the bytes are too few, too many, or otherwise no data of that type.
  package init?(_ type: RecordType, wire bytes: [UInt8]) {
    var reader = WireReader(bytes)
    guard let data = RecordData.read(type, &reader), reader.rest.isEmpty else { return nil }
    self = data
  }

  private static func read(_ type: RecordType, _ reader: inout WireReader) -> RecordData? {
    switch type {
    case .a: reader.number(UInt32.self).map { .a(IPv4Address(bits: $0)) }
    case .aaaa: reader.bytes(16).flatMap { IPv6Address(bytes: $0) }.map { .aaaa($0) }
    case .cname: reader.name().map { .cname($0) }
    case .ns: reader.name().map { .ns($0) }
    case .ptr: reader.name().map { .ptr($0) }
    case .mx: mailExchanger(&reader)
    case .soa: StartOfAuthority(&reader).map { .soa($0) }
    case .tlsa: TLSARecord(&reader).map { .tlsa($0) }
    case .txt: texts(&reader)
    }
  }

  private static func mailExchanger(_ reader: inout WireReader) -> RecordData? {
    guard let preference = reader.number(UInt16.self), let exchanger = reader.name() else {
      return nil
    }
    return .mx(preference: preference, exchanger: exchanger)
  }

  private static func texts(_ reader: inout WireReader) -> RecordData? {
    var texts: [String] = []
    while !reader.rest.isEmpty {
      guard let text = reader.characterString() else { return nil }
      texts.append(String(decoding: text, as: UTF8.self))
    }
    return texts.isEmpty ? nil : .txt(texts)
  }
}

extension StartOfAuthority {
  fileprivate init?(_ reader: inout WireReader) {
    guard let server = reader.name(), let mailbox = reader.name(),
      let serial = reader.number(UInt32.self), let refresh = reader.number(UInt32.self),
      let retry = reader.number(UInt32.self), let expire = reader.number(UInt32.self),
      let minimum = reader.number(UInt32.self)
    else { return nil }
    self.init(
      server: server, mailbox: mailbox, serial: serial, refresh: refresh, retry: retry,
      expire: expire, minimum: minimum)
  }
}

extension TLSARecord {
  fileprivate init?(_ reader: inout WireReader) {
    guard let usage = reader.byte(), let selector = reader.byte(), let matching = reader.byte(),
      let data = reader.bytes(reader.rest.count)
    else { return nil }
    self.init(usage: usage, selector: selector, matching: matching, data: Array(data))
  }
}
