public import Configuration
public import PKI
import ServiceTLS
import TLS

/// What the mail engine serves: made from a committed configuration, then never changed.
public struct MailConfiguration: Sendable {
  /// The listeners that can be served.
  let listeners: [ListenerConfiguration]
  /// The names of all listeners that there are.
  let listenerNames: Set<String>
  /// TLS for deliveries; nil when it cannot be set up, and mail that wants TLS waits.
  let outbound: OutboundContexts?
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
    listeners: [], listenerNames: [], outbound: nil, delivery: nil,
    hostName: SystemSettings().hostName,
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
    var troubles: [String] = []
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
    var preparation = ListenerPreparation(
      configuration: configuration, release: release, network: network, anchors: inboundAnchors)
    let listeners = configuration.listeners.all.compactMap { name, listener in
      preparation.prepare(listener, named: name)
    }
    troubles += preparation.troubles
    var outbound: OutboundContexts?
    do {
      outbound = try OutboundContexts(configuration, anchors: outboundAnchors)
    } catch {
      troubles.append("Deliveries cannot use TLS. \(error)")
    }
    return MailConfiguration(
      listeners: listeners, listenerNames: Set(configuration.listeners.names), outbound: outbound,
      delivery: DeliveryConfiguration(
        configuration, release: release, network: network, contexts: outbound),
      hostName: configuration.system.hostName, alerts: configuration.alerts,
      certificateTerms: configuration.certificateTerms, troubles: troubles)
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
