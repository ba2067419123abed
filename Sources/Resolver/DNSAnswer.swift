public import Addresses

/// The answer to a question to the DNS.
public struct DNSAnswer: Hashable, Sendable {
  /// The records of the type asked for, in the order given.
  public let records: [ResourceRecord]
  /// The aliases that were followed; a real name server's answer tells only where they led.
  public let aliases: [ResourceRecord]
  /// Whether the name exists; without it the answer is "no such name" (NXDOMAIN).
  public let nameExists: Bool
  /// What DNSSEC says of the whole: as bad as the worst part of it.
  ///
  /// Without records it says how sure their absence is.
  public let security: RecordSecurity

  /// Makes an answer.
  ///
  /// - Parameter denial: how sure it is that there are no records, where there are none.
  public init(
    records: [ResourceRecord], aliases: [ResourceRecord] = [], nameExists: Bool,
    denial: RecordSecurity = .insecure
  ) {
    self.records = records
    self.aliases = aliases
    self.nameExists = nameExists
    let parts = (records + aliases).map(\.security) + (records.isEmpty ? [denial] : [])
    security =
      parts.contains(.bogus) ? .bogus : parts.contains(.insecure) ? .insecure : .secure
  }

  /// The IPv4 addresses among the records.
  public var addresses: [IPv4Address] {
    records.compactMap { if case .a(let address) = $0.data { address } else { nil } }
  }
}
