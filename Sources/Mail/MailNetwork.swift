import Addresses
public import Configuration
public import Resolver

/// The world around the appliance: its map, names and reputations.
public struct MailNetwork: Sendable {
  /// Where addresses really are.
  public var map: AddressMap
  /// The lab's names.
  public var zone: Zone
  /// Who answers questions for names: the zone, or real name servers.
  public var names: any NameService
  /// Reputations.
  public var reputation: ReputationTable

  /// Makes a network whose zone answers.
  public init(map: AddressMap, zone: Zone = .empty, reputation: ReputationTable = .empty) {
    self.map = map
    self.zone = zone
    names = zone
    self.reputation = reputation
  }

  /// Makes the lab's network: every address that configuration, zone and reputations name can be
  /// told from others.
  public init(
    slot: UInt8, configuration: Configuration, zone: Zone, reputation: ReputationTable
  ) {
    var known: [LabNetwork.KnownAddress] = []
    var networks = reputation.networks.filter { $0.prefixLength < 32 }
    func name(_ address: IPv4Address, _ source: String) {
      known.append(LabNetwork.KnownAddress(address, source: source))
    }
    for (interface, value) in configuration.interfaces.all {
      guard let address = value.address else { continue }
      name(address, "interface \"\(interface)\"")
    }
    for address in zone.addresses { name(address, "the zone") }
    for (listener, value) in configuration.listeners.all {
      for group in value.hostAccess.groups {
        for sender in group.senders {
          guard let range = SenderPattern(sender.pattern).addressRange else { continue }
          if range.lowerBound == range.upperBound {
            name(range.lowerBound, "\(group.name) of \"\(listener)\"")
          } else if let network = IPv4Network(range) {
            networks.append(network)
          }
        }
      }
    }
    for (domain, route) in configuration.routes.all {
      for host in route.hosts {
        guard let address = IPv4Address(host.host) else { continue }
        name(address, "the route of \(domain)")
      }
    }
    for server in configuration.ldap.servers {
      for address in server.hosts.compactMap({ IPv4Address($0) }) {
        name(address, "the LDAP server \"\(server.name)\"")
      }
    }
    for network in reputation.networks where network.prefixLength == 32 {
      name(network.base, "the reputation table")
    }
    map = .lab(LabNetwork(slot: slot, known: known, networks: networks))
    self.zone = zone
    names = zone
    self.reputation = reputation
  }

  /// A sentence for each pair of addresses that the lab network cannot tell apart.
  public var collisions: [String] {
    if case .lab(let network) = map { network.collisions } else { [] }
  }
}
