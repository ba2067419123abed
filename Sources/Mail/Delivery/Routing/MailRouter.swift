import Addresses
import Configuration
import Resolver

/// Finds the hosts that take mail for a domain (RFC 5321 §5.1).
struct MailRouter: Sendable {
  private let routes: Table<Route>
  private let finder: HostFinder
  /// The addresses of this appliance's interfaces, with or without a listener.
  private let own: Set<IPv4Address>

  /// Makes a router.
  ///
  /// - Parameters:
  ///   - configuration: its SMTP routes, and the interfaces that mail must not come back to.
  ///   - names: whom to ask.
  init(_ configuration: Configuration, names: any NameService) {
    routes = configuration.routes
    finder = HostFinder(names: names)
    own = Set(configuration.interfaces.all.compactMap { $0.value.address })
  }

  /// Makes a router for a sender of the outside world: the DNS alone says where mail goes.
  init(outside names: any NameService) { self.init(Configuration(), names: names) }

  /// Finds the hosts, those of equal preference in random order.
  ///
  /// - Parameters:
  ///   - domain: what stands behind the `@`: a name, or an address in brackets.
  ///   - preference: which addresses are wanted. Only IPv4 is dialled, so "prefer" changes
  ///     nothing, and "require IPv6" leaves no address.
  /// - Throws: `RoutingFailure` when there is no host with an address to connect to.
  func route(
    to domain: String, preferring preference: AddressPreference = .preferIPv4
  ) async throws(RoutingFailure) -> MailRoute {
    let finder = finder.preferring(preference)
    let found =
      if let route = routes.route(for: domain), !route.usesOrdinaryDNS {
        try await configured(route.hosts.shuffled(), finder)
      } else {
        try await ordinary(domain, finder)
      }
    // Hosts that cannot be reached stay in the list, for those who look at it.
    guard found.hosts.allSatisfy({ $0.addresses.isEmpty }) else { return found }
    throw RoutingFailure.worst(of: found.hosts.compactMap(\.obstacle))
  }

  private func configured(
    _ hosts: [Route.Host], _ finder: HostFinder
  ) async throws(RoutingFailure) -> MailRoute {
    var found: [MailHost] = []
    var failures: [RoutingFailure] = []
    // Sorting is stable: equals stay shuffled.
    for host in hosts.sorted(by: { $0.priority < $1.priority }) {
      do {
        found += try await finder.hosts(of: host)
      } catch {
        failures.append(error)
      }
    }
    if found.allSatisfy({ $0.addresses.isEmpty }) {
      throw RoutingFailure.worst(of: failures + found.compactMap(\.obstacle))
    }
    return MailRoute(source: .smtpRoute, hosts: found, security: .insecure)
  }

  private func ordinary(
    _ domain: String, _ finder: HostFinder
  ) async throws(RoutingFailure) -> MailRoute {
    if domain.hasPrefix("["), domain.hasSuffix("]"),
      let address = IPv4Address(domain.dropFirst().dropLast())
    {
      let host = finder.literal(address, port: 25, preference: 0)
      return MailRoute(source: .address, hosts: [host], security: .insecure)
    }
    guard let name = DomainName(domain), !name.labels.isEmpty else {
      throw .hard("\"\(domain)\" is not a domain name.")
    }
    let exchangers = try await finder.exchangers(of: name)
    guard !exchangers.records.isEmpty else {
      let host = try await finder.implicit(name, port: 25)
      return MailRoute(
        source: .address, hosts: try withoutLoop([host], name), security: exchangers.security)
    }
    let hosts = await finder.hosts(of: exchangers, port: 25)
    return MailRoute(
      source: .mx, hosts: try withoutLoop(hosts, name), security: exchangers.security)
  }

  /// Drops the hosts at or behind this appliance's own preference: mail must move towards better
  /// hosts, or it goes round in circles (RFC 5321 §5.1).
  private func withoutLoop(
    _ hosts: [MailHost], _ domain: DomainName
  ) throws(RoutingFailure) -> [MailHost] {
    let mine = hosts.filter { !own.isDisjoint(with: $0.addresses) }.map(\.preference).min()
    guard let mine else { return hosts }
    let better = hosts.filter { $0.preference < mine }
    guard better.isEmpty else { return better }
    throw .hard(
      "The mail exchanger of \(domain) is this appliance itself",
      status: "5.4.6 - Routing loop detected")
  }
}

extension RoutingFailure {
  /// The failure of a list of hosts: temporary if that of any host is.
  fileprivate static func worst(of failures: [RoutingFailure]) -> RoutingFailure {
    failures.first { !$0.isPermanent } ?? failures.first ?? .hard("There is no host.")
  }
}
