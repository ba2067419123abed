import CUnbound

/// What the library found out about a question, copied out of its memory.
struct UnboundResult: Sendable {
  let data: [[UInt8]]
  /// Where aliases led; nil when none were followed.
  let canonicalName: String?
  /// The response code (RFC 1035 §4.1.1).
  let code: Int32
  let nameExists: Bool
  let security: RecordSecurity
  let ttl: UInt32

  init(_ result: ub_result) {
    var data: [[UInt8]] = []
    if result.havedata != 0, let items = result.data, let lengths = result.len {
      var index = 0
      while let item = items[index] {
        let bytes = UnsafeRawBufferPointer(start: item, count: Int(max(0, lengths[index])))
        data.append(Array(bytes))
        index += 1
      }
    }
    self.data = data
    canonicalName = result.canonname.map { String(cString: $0) }
    code = result.rcode
    nameExists = result.nxdomain == 0
    security = result.bogus != 0 ? .bogus : result.secure != 0 ? .secure : .insecure
    ttl = UInt32(clamping: result.ttl)
  }

  /// The answer to a question about a name.
  ///
  /// Bogus data are left out: a reader that forgets to look at the security gets none of them.
  ///
  /// - Throws: `LookupFailure` when the servers failed, or what they sent is no data of the type.
  func answer(_ name: DomainName, _ type: RecordType) throws(LookupFailure) -> DNSAnswer {
    // First of all: bogus data may come with any response code.
    if security == .bogus { return DNSAnswer(records: [], nameExists: true, denial: .bogus) }
    guard code == 0 || code == 3 else {
      let words = UnboundResult.codes[code] ?? "response code \(code)"
      throw LookupFailure("The name servers did not answer: \(words).")
    }
    var owner = name
    var aliases: [ResourceRecord] = []
    if type != .cname, let canonical = canonicalName.flatMap({ DomainName($0) }), canonical != name
    {
      aliases = [
        ResourceRecord(owner: name, ttl: ttl, data: .cname(canonical), security: security)
      ]
      owner = canonical
    }
    var records: [ResourceRecord] = []
    for bytes in data {
      guard let data = RecordData(type, wire: bytes) else {
        throw LookupFailure("The name servers sent a malformed \(type.rawValue) record.")
      }
      records.append(ResourceRecord(owner: owner, ttl: ttl, data: data, security: security))
    }
    return DNSAnswer(
      records: records, aliases: aliases, nameExists: nameExists, denial: security)
  }

  /// Names of response codes, with what they mean.
  private static let codes: [Int32: String] = [
    1: "FORMERR", 2: "SERVFAIL", 4: "NOTIMP", 5: "REFUSED",
  ]
}
