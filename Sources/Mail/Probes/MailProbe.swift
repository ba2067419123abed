import Addresses
public import Configuration
public import Control
public import Foundation
public import PKI
import Resolver
import ServiceTLS
import TLS

/// Tries how mail would leave: by the routes, from the interfaces and with the TLS of deliveries.
public struct MailProbe: MailProbing {
  let delivery: DeliveryConfiguration
  let limits: DeliveryLimits
  let calendar: @Sendable () -> Date
  private let configuration: Configuration

  /// Makes a probe.
  ///
  /// - Parameters:
  ///   - configuration: a committed configuration.
  ///   - release: decides whether a name is told in SNI.
  ///   - network: the world around the appliance.
  ///   - revocationLists: what authorities took back, as it is known.
  ///   - calendar: the appliance's, for the dates of certificates.
  /// - Throws: an error with a sentence when TLS cannot be set up.
  public init(
    _ configuration: Configuration, release: Release, network: MailNetwork,
    revocationLists: [RevocationList] = [], calendar: @escaping @Sendable () -> Date
  ) throws {
    self.configuration = configuration
    self.calendar = calendar
    delivery = DeliveryConfiguration(
      configuration, release: release, network: network,
      contexts: try OutboundContexts(
        configuration,
        anchors: .appliance(configuration, for: .outbound, revocationLists: revocationLists)))
    // Somebody waits at a prompt.
    var limits = DeliveryLimits()
    limits.connectTime = .seconds(30)
    limits.replyTime = .seconds(60)
    limits.handshakeTime = .seconds(30)
    self.limits = limits
  }

  /// Finds the servers that take mail for a domain.
  public func route(to domain: String, by detour: ProbedPlace?) async throws -> ProbedRoute {
    let route: MailRoute
    do {
      route = try await router(domain, detour).route(to: domain)
    } catch {
      throw ProbeFailure("\(error)")
    }
    return ProbedRoute(
      source: route.source.probed, isSecure: route.security == .secure,
      servers: route.hosts.map {
        MailServerProbe(host: $0, route: route, domain: domain, probe: self)
      })
  }

  /// A detour is an SMTP route that nobody has configured.
  private func router(_ domain: String, _ detour: ProbedPlace?) -> MailRouter {
    guard let detour else { return delivery.router }
    var configuration = configuration
    // Of another host than the domain the addresses count, and not its exchangers.
    let host =
      detour.host.lowercased() == domain.lowercased() || IPv4Address(detour.host) != nil
      ? detour.host : "[\(detour.host)]"
    configuration.routes[domain.lowercased()] = Route(
      hosts: [Route.Host(host: host, port: detour.port)])
    return MailRouter(configuration, names: delivery.names)
  }
}

extension MailRoute.Source {
  fileprivate var probed: ProbedRoute.Source {
    switch self {
    case .smtpRoute: .smtpRoute
    case .mx: .exchangers
    case .address: .address
    }
  }
}
