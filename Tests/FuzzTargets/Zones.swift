import Addresses
import Resolver

extension FuzzTarget {
  /// The lab's zone, its reputation table, and the addresses that it names on the lab network.
  ///
  /// The zone's words are also the names that are looked up.
  static let zone = FuzzTarget("zone") { bytes in
    let text = bytes.text
    let lines = text.count { $0.isNewline } + 1
    do {
      let zone = try Zone(masterFile: text)
      try checkAddresses(zone.addresses)
      for word in Set(text.split { $0.isWhitespace }).prefix(20) {
        guard let name = DomainName(word) else { continue }
        for type in RecordType.allCases { try check(zone.lookUp(name, type), of: type) }
      }
    } catch let error as ZoneError {
      try require((1...lines).contains(error.line), "an error names a line", "\(error)")
    }
    do {
      let table = try ReputationTable(text)
      for network in table.networks {
        try require(table.score(of: network.base) != nil, "a network has a score", "\(network)")
      }
    } catch let error as ReputationTableError {
      try require((1...lines).contains(error.line), "an error names a line", "\(error)")
    }
  }

  /// Data of DNS records as name servers send them; the first byte chooses the type.
  static let dnsWire = FuzzTarget("dns-wire") { bytes in
    var input = FuzzInput(bytes)
    let type = input.choice(of: RecordType.allCases)
    guard let data = RecordData(type, wire: Array(input.rest)) else { return }
    try require(data.type == type, "data are of their type")
    try require(data.description.isHarmless, "data move no cursor", data.description)
  }

  private static func check(_ answer: DNSAnswer, of type: RecordType) throws {
    try require(answer.aliases.count <= 9, "aliases come to an end")
    for record in answer.records + answer.aliases {
      try require(
        record.owner.labels.allSatisfy { (1...63).contains($0.utf8.count) }
          && record.owner.description.utf8.count <= 253, "a name is as long as DNS allows",
        "\(record.owner)")
      _ = record.data.description
    }
    try require(answer.records.allSatisfy { $0.data.type == type }, "an answer is of its type")
  }

  /// Each address that stands alone is found again behind its loopback address.
  private static func checkAddresses(_ addresses: [IPv4Address]) throws {
    let network = LabNetwork(slot: 7, known: addresses.map { .init($0, source: "zone") })
    let map = AddressMap.lab(network)
    for address in addresses where network.collisions.isEmpty {
      let endpoint = map.endpoint(of: address, port: 25)
      try require(endpoint.address.isLoopback, "the lab is on the loopback network")
      try require(
        address.isLoopback || map.address(ofPeer: endpoint.address) == address,
        "an address is found again", "\(address)")
    }
    try require(
      !addresses.contains(network.stranger) || addresses.count > 60_000,
      "a stranger is none of them")
  }
}
