/// Whoever looks up names for a session: what `nslookup` asks.
public protocol NameLookup: Sendable {
  /// Asks for the records of a name.
  ///
  /// - Throws: an error with a sentence when nobody answers.
  func lookUp(_ name: String, _ type: NameRecord.Kind) async throws -> NameAnswer

  /// Forgets the answers that were kept.
  func flush() async
}

/// A record that was found.
public struct NameRecord: Hashable, Sendable {
  /// The types of record that can be asked for.
  public enum Kind: String, Sendable, CaseIterable {
    case a = "A"
    case aaaa = "AAAA"
    case cname = "CNAME"
    case mx = "MX"
    case ns = "NS"
    case ptr = "PTR"
    case soa = "SOA"
    case txt = "TXT"
    case tlsa = "TLSA"
  }

  /// The data, as a master file writes them.
  public var data: String
  /// Seconds for which they may be kept.
  public var ttl: Int

  /// Makes a record.
  public init(data: String, ttl: Int) {
    self.data = data
    self.ttl = ttl
  }
}

/// What was found for a name.
public struct NameAnswer: Hashable, Sendable {
  /// The records, in the order given.
  public var records: [NameRecord]
  /// Whether the name exists.
  public var nameExists: Bool
  /// Whether the answer is not what its owner signed.
  public var isBogus: Bool

  /// Makes an answer.
  public init(records: [NameRecord], nameExists: Bool, isBogus: Bool) {
    self.records = records
    self.nameExists = nameExists
    self.isBogus = isBogus
  }
}
