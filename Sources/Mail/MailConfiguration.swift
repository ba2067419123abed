public import Configuration
import Resolver
import SMTP
public import TLS

/// What the mail engine serves: made from a committed configuration, then never changed.
public struct MailConfiguration: Sendable {
  /// The listeners that can be served.
  let listeners: [ListenerConfiguration]
  /// TLS for deliveries; nil when it cannot be set up, and mail that wants TLS waits.
  public let outbound: OutboundContexts?
  /// What deliveries go by; nil for nothing, and all mail waits.
  let delivery: DeliveryConfiguration?
  /// The system's host name, under which bounces and alerts are sent.
  let hostName: String
  /// Who is told of what.
  let alerts: AlertSettings
  /// When each certificate ends; nothing only while nothing is served.
  let certificateTerms: [CertificateTerm]
  /// A sentence for each thing that cannot be served.
  public let troubles: [String]

  /// Nothing to serve.
  static let empty = MailConfiguration(
    listeners: [], outbound: nil, delivery: nil, hostName: SystemSettings().hostName,
    alerts: AlertSettings(), certificateTerms: [], troubles: [])

  /// Makes ready what a configuration asks for; it reads keys and so takes milliseconds, away from
  /// the caller's actor.
  ///
  /// - Parameters:
  ///   - configuration: a committed configuration.
  ///   - release: decides how errors are logged.
  ///   - network: the world around the appliance.
  ///   - revocationLists: what authorities took back, as it is known.
  @concurrent
  public static func prepare(
    _ configuration: Configuration, release: Release, network: MailNetwork,
    revocationLists: [RevocationList] = []
  ) async -> MailConfiguration {
    var listeners: [ListenerConfiguration] = []
    var troubles: [String] = []
    var taken: [Endpoint: String] = [:]
    var inboundAnchors: TrustAnchors?
    var outboundAnchors: TrustAnchors?
    do {
      if configuration.verifiesAnybody {
        inboundAnchors = try .appliance(
          configuration, for: .inbound, revocationLists: revocationLists)
        outboundAnchors = try .appliance(
          configuration, for: .outbound, revocationLists: revocationLists)
      }
    } catch {
      troubles.append("No peer can be verified. \(error)")
    }
    for (name, listener) in configuration.listeners.all {
      guard let interface = configuration.interfaces[listener.interface],
        let configured = interface.address
      else {
        troubles.append("The listener \"\(name)\" has no IPv4 address to listen on.")
        continue
      }
      let address = InternetAddress(bits: configured.bits)
      let endpoint = network.map.endpoint(of: address, port: listener.port)
      if let other = taken.updateValue(name, forKey: endpoint) {
        troubles.append("The listeners \"\(other)\" and \"\(name)\" fall together at \(endpoint).")
        taken[endpoint] = other
        continue
      }
      var contexts: [InboundTLS: TLSContext] = [:]
      do {
        contexts = try Self.contexts(for: listener, configuration, inboundAnchors)
      } catch {
        troubles.append("The listener \"\(name)\" cannot offer TLS. \(error)")
      }
      listeners.append(
        ListenerConfiguration(
          name: name, role: listener.role, interface: listener.interface, address: address,
          endpoint: endpoint, hostName: interface.hostName,
          maxConnections: listener.maxConnections, tcpQueue: listener.tcpQueue,
          access: AccessTable(listener.hostAccess), recipients: RecipientAccess(listener),
          defaultDomain: listener.defaultDomain, bounceProfile: listener.bounceProfile,
          contexts: contexts, network: network,
          shared: configuration.injection, logging: configuration.log,
          release: release))
    }
    var outbound: OutboundContexts?
    do {
      outbound = try OutboundContexts(configuration, anchors: outboundAnchors)
    } catch {
      troubles.append("Deliveries cannot use TLS. \(error)")
    }
    return MailConfiguration(
      listeners: listeners, outbound: outbound,
      delivery: DeliveryConfiguration(
        configuration, release: release, network: network, contexts: outbound),
      hostName: configuration.system.hostName, alerts: configuration.alerts,
      certificateTerms: configuration.certificateTerms, troubles: troubles)
  }

  /// One context serves all levels that treat the client's certificate alike.
  private static func contexts(
    for listener: Listener, _ configuration: Configuration,
    _ anchors: TrustAnchors?
  ) throws -> [InboundTLS: TLSContext] {
    let table = listener.hostAccess
    let levels = Set(
      table.groups.compactMap { table.parameters(of: $0.policy)?.tls } + [table.defaults.tls])
    guard levels.contains(where: \.offersEncryption) else { return [:] }
    guard let profile = configuration.certificates[listener.certificate] else {
      throw MissingCertificate(name: listener.certificate)
    }
    let plain = try TLSContext.server(profile, configuration.ssl.inbound)
    var contexts: [InboundTLS: TLSContext] = [:]
    for level in levels where level.offersEncryption {
      contexts[level] =
        level.verifiesPeer
        ? try TLSContext.server(
          profile, configuration.ssl.inbound,
          verification: level.requiresEncryption ? .required : .ifPresented, anchors: anchors)
        : plain
    }
    return contexts
  }
}

extension Configuration {
  /// Whether some listener or destination looks at certificates of others; reading the authorities
  /// takes a while.
  fileprivate var verifiesAnybody: Bool {
    outbound.defaults.tls.verifiesPeer
      || destinations.contains { $0.tls?.verifiesPeer == true }
      || listeners.contains { listener in
        let table = listener.hostAccess
        return table.defaults.tls.verifiesPeer
          || table.policies.contains { $0.overrides.tls?.verifiesPeer == true }
      }
  }
}
