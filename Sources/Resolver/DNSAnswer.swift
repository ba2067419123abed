/// The answer to a question to the DNS.
public struct DNSAnswer: Hashable, Sendable {
  /// The records of the type asked for, in the order of the file.
  public let records: [ResourceRecord]
  /// The aliases that were followed.
  public let aliases: [ResourceRecord]
  /// Whether the name exists; without it the answer is "no such name" (NXDOMAIN).
  public let nameExists: Bool

  /// What a validating resolver would say of the whole: as bad as the worst record.
  public var security: RecordSecurity {
    let all = (records + aliases).map(\.security)
    if all.contains(.bogus) { return .bogus }
    return all.isEmpty || all.contains(.insecure) ? .insecure : .secure
  }

  /// Makes an answer.
  public init(records: [ResourceRecord], aliases: [ResourceRecord] = [], nameExists: Bool) {
    self.records = records
    self.aliases = aliases
    self.nameExists = nameExists
  }
}
