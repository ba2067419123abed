import Addresses
import Configuration
import Resolver
import ServiceTLS
import SMTP
import TLS

/// Makes listeners ready, one after the other: two may not fall together.
struct ListenerPreparation {
  let configuration: Configuration
  /// Decides how errors are logged.
  let release: Release
  /// The world around the appliance.
  let network: MailNetwork
  /// By whom clients' certificates are judged; nil where nobody looks at them.
  let anchors: TrustAnchors?

  /// A sentence for each thing that cannot be served.
  private(set) var troubles: [String] = []
  private var taken: [Endpoint: String] = [:]

  init(
    configuration: Configuration, release: Release, network: MailNetwork, anchors: TrustAnchors?
  ) {
    self.configuration = configuration
    self.release = release
    self.network = network
    self.anchors = anchors
  }

  /// Makes a listener ready; nil when it cannot be served.
  mutating func prepare(_ listener: Listener, named name: String) -> ListenerConfiguration? {
    guard let interface = configuration.interfaces[listener.interface],
      let address = interface.address
    else {
      troubles.append("The listener \"\(name)\" has no IPv4 address to listen on.")
      return nil
    }
    let endpoint = network.map.endpoint(of: address, port: listener.port)
    if let other = taken[endpoint] {
      troubles.append("The listeners \"\(other)\" and \"\(name)\" fall together at \(endpoint).")
      return nil
    }
    taken[endpoint] = name
    var contexts: [InboundTLS: TLSContext] = [:]
    do {
      contexts = try self.contexts(for: listener)
    } catch {
      troubles.append("The listener \"\(name)\" cannot offer TLS. \(error)")
    }
    return ListenerConfiguration(
      name: name, role: listener.role, interface: listener.interface, address: address,
      endpoint: endpoint, hostName: interface.hostName,
      maxConnections: listener.maxConnections, tcpQueue: listener.tcpQueue,
      access: AccessTable(listener.hostAccess), recipients: RecipientAccess(listener),
      defaultDomain: listener.defaultDomain, bounceProfile: listener.bounceProfile,
      contexts: contexts, network: network,
      shared: configuration.injection, logging: configuration.log,
      release: release)
  }

  /// One context serves all levels that treat the client's certificate alike.
  private func contexts(for listener: Listener) throws -> [InboundTLS: TLSContext] {
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
