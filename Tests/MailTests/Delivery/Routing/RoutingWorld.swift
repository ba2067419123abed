import Addresses
import Configuration
import Resolver
import TestSupport
import Testing

@testable import Mail

/// A zone, a configuration, and questions that get no answer.
struct RoutingWorld: NameService {
  private let zone: Zone
  /// Questions to which nobody answers, such as `mx1.partner.example A`.
  private let silent: Set<String>
  private let configuration: Configuration

  /// - Parameter routes: hosts by domain, each such as `10.0.0.1`, `10.0.0.1:26` or `10.0.0.1/5`
  ///   with a priority.
  init(zone: String = "", silent: Set<String> = [], routes: [String: [String]] = [:]) throws {
    self.zone = try Zone(masterFile: zone)
    self.silent = silent
    var configuration = Configuration()
    for (domain, hosts) in routes {
      configuration.routes[domain] = Route(
        hosts: hosts.map { text in
          let parts = text.split(separator: "/")
          let place = parts[0].split(separator: ":")
          return Route.Host(
            host: String(place[0]), port: place.count > 1 ? Int(place[1]) ?? 0 : 25,
            priority: parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        })
    }
    configuration.interfaces["Data 1"] = Interface(
      address: IPv4Address("192.168.1.1"), prefixLength: 24, ethernet: "Data 1",
      hostName: "mail.example.com")
    self.configuration = configuration
  }

  func answer(_ name: DomainName, _ type: RecordType) async throws(LookupFailure) -> DNSAnswer {
    guard !silent.contains("\(name) \(type.rawValue)") else {
      throw LookupFailure("Nobody answers.")
    }
    return zone.lookUp(name, type)
  }

  func route(
    to domain: String, preferring preference: AddressPreference = .preferIPv4
  ) async throws(RoutingFailure) -> MailRoute {
    try await MailRouter(configuration, names: self).route(to: domain, preferring: preference)
  }

  /// The hosts in a form that a table can hold: `10 mx1.partner.example 10.0.0.1:25`.
  func hosts(of domain: String) async throws(RoutingFailure) -> [String] {
    try await route(to: domain).hosts.map { host in
      let name = host.name.map { " \($0)" } ?? ""
      let addresses = host.addresses.map { "\($0)" }.joined(separator: ",")
      return "\(host.preference)\(name) \(addresses):\(host.port)"
    }
  }

  /// Why there is no route; nil if there is one.
  func failure(of domain: String, preferring preference: AddressPreference = .preferIPv4) async
    -> RoutingFailure?
  {
    do {
      _ = try await route(to: domain, preferring: preference)
      return nil
    } catch {
      return error
    }
  }
}
