public import Addresses

/// The lab's DNS: all records of one master file, which may hold several zones.
public struct Zone: Sendable {
  private let records: [DomainName: [ResourceRecord]]
  /// All owners and the names above them.
  private let names: Set<DomainName>

  /// A zone without records.
  public static let empty = Zone(records: [])

  /// Reads a master file (RFC 1035 §5).
  ///
  /// - Throws: `ZoneError` with the first line that cannot be read.
  public init(masterFile text: String) throws(ZoneError) {
    self.init(records: try MasterFileParser.records(of: text))
  }

  init(records: [ResourceRecord]) {
    self.records = Dictionary(grouping: records, by: \.owner)
    var names: Set<DomainName> = []
    for owner in self.records.keys {
      var name: DomainName? = owner
      while let next = name, names.insert(next).inserted { name = next.parent }
    }
    self.names = names
  }

  /// All addresses that A records hold, in their order.
  public var addresses: [IPv4Address] { hosts.map(\.address) }

  /// All names that have an A record, in the order of their addresses.
  public var hosts: [(name: DomainName, address: IPv4Address)] {
    records.values.joined().compactMap { record in
      if case .a(let address) = record.data { (record.owner, address) } else { nil }
    }.sorted { ($0.1, "\($0.0)") < ($1.1, "\($1.0)") }
  }

  /// Looks up a name, following at most eight aliases (RFC 1034 §4.3.2, wildcards §4.3.3).
  public func lookUp(_ name: DomainName, _ type: RecordType) -> DNSAnswer {
    var name = name
    var aliases: [ResourceRecord] = []
    while aliases.count <= 8 {
      let found = owned(by: name)
      let wanted = found.filter { $0.data.type == type }
      guard wanted.isEmpty, let alias = found.first(where: { $0.data.type == .cname }),
        case .cname(let target) = alias.data
      else {
        // What is not there is as sure as what is there.
        let isSure = !found.isEmpty && found.allSatisfy { $0.security == .secure }
        return DNSAnswer(
          records: wanted, aliases: aliases, nameExists: names.contains(name) || !found.isEmpty,
          denial: isSure ? .secure : .insecure)
      }
      aliases.append(alias)
      name = target
    }
    return DNSAnswer(records: [], aliases: aliases, nameExists: true)
  }

  private func owned(by name: DomainName) -> [ResourceRecord] {
    if names.contains(name) { return records[name] ?? [] }
    // The closest name that exists decides which wildcard may answer.
    var ancestor = name.parent
    while let next = ancestor {
      let wildcard = records[DomainName(labels: ["*"] + next.labels)]
      if let wildcard { return wildcard }
      if names.contains(next) { return [] }
      ancestor = next.parent
    }
    return []
  }

  /// The addresses of a host.
  public func addresses(of name: DomainName) -> [IPv4Address] {
    lookUp(name, .a).addresses
  }
}
