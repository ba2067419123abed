import Addresses
import Configuration

/// Which interface deliveries leave from (`deliveryconfig`, G11).
struct DeliveryInterfaces: Sendable {
  /// The interface that is chosen by name; nil for Auto.
  private let chosen: DeliverySource?
  /// All of them, the narrowest network first.
  private let all: [DeliverySource]
  private let gateway: IPv4Address

  init(_ configuration: Configuration) {
    all = configuration.interfaces.all.compactMap { DeliverySource($0.value) }
      .sorted { $0.network.prefixLength > $1.network.prefixLength }
    chosen = configuration.delivery.interface.flatMap { configuration.interfaces[$0] }
      .flatMap { DeliverySource($0) }
    gateway = configuration.network.gateway
  }

  /// The interface for a destination: the chosen one, else one on its subnet, else the one on the
  /// default gateway's, else any; nil when no interface has an IPv4 address.
  func source(towards destination: IPv4Address) -> DeliverySource? {
    chosen ?? all.first { $0.network.contains(destination) }
      ?? all.first { $0.network.contains(gateway) } ?? all.first
  }
}

/// An interface as deliveries see it.
struct DeliverySource: Hashable, Sendable {
  /// Its address, the source of connections.
  let address: IPv4Address
  /// Its host name, which EHLO says (G10).
  let hostName: String
  fileprivate let network: IPv4Network

  /// Takes an interface; nil when it has no IPv4 address.
  fileprivate init?(_ interface: Interface) {
    guard let address = interface.address, let network = interface.ipv4Network else { return nil }
    self.address = address
    hostName = interface.hostName
    self.network = network
  }
}
