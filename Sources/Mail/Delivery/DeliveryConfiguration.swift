import Configuration
import Resolver

/// What deliveries go by: made from a committed configuration, then never changed.
struct DeliveryConfiguration: Sendable {
  /// Interface, caps and Possible Delivery.
  let settings: DeliverySettings
  /// Where connections come from.
  let interfaces: DeliveryInterfaces
  /// Where mail goes.
  let router: MailRouter
  /// Where alerts go: SMTP routes are passed by.
  private let alertRouter: MailRouter
  /// Who knows names.
  let names: any NameService
  /// Where addresses really are.
  let map: AddressMap
  /// TLS; nil when it cannot be set up.
  let contexts: OutboundContexts?
  /// Whether a failed required TLS connection raises an alert (G15).
  let raisesAlerts: Bool
  /// Decides the log's forms and SNI.
  let release: Release
  private let configuration: Configuration

  init(
    _ configuration: Configuration, release: Release, network: MailNetwork,
    contexts: OutboundContexts?
  ) {
    settings = configuration.delivery
    self.configuration = configuration
    interfaces = DeliveryInterfaces(configuration)
    router = MailRouter(configuration, names: network.names)
    var withoutRoutes = configuration
    for domain in configuration.routes.names { withoutRoutes.routes[domain] = nil }
    alertRouter = MailRouter(withoutRoutes, names: network.names)
    names = network.names
    map = network.map
    self.contexts = contexts
    raisesAlerts = configuration.outbound.alertsOnRequiredTLSFailure
    self.release = release
  }

  /// The controls of a destination; an alert is held up by none.
  func controls(for destination: DeliveryItem.Destination) -> DestinationDefaults {
    guard destination.isAlert else {
      return configuration.destinationControls(for: destination.domain)
    }
    var controls = DestinationDefaults()
    controls.addressPreference = configuration.outbound.defaults.addressPreference
    return controls
  }

  /// Where mail to a destination goes.
  ///
  /// An alert goes to the MX hosts; only where that leads to this appliance itself, or nowhere,
  /// the SMTP route is followed as well.
  ///
  /// - Throws: `RoutingFailure`.
  func route(to destination: DeliveryItem.Destination, _ controls: DestinationDefaults)
    async throws(RoutingFailure) -> MailRoute
  {
    if destination.isAlert,
      let route = try? await alertRouter.route(
        to: destination.domain, preferring: controls.addressPreference)
    {
      return route
    }
    return try await router.route(
      to: destination.domain, preferring: controls.addressPreference)
  }
}
