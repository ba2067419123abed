import Addresses
import Configuration
import ConfigurationStore
public import Control
import Mail
import Resolver

extension Engine {
  /// Where services are, or will be once the engine has started; opens nothing.
  ///
  /// - Throws: an error with a sentence when the configuration cannot be read.
  public func plannedAddresses() async throws -> EngineAddresses {
    let configuration = try await appliance.store.committed().configuration
    return EngineAddresses(
      configuration, network(for: configuration, networkFiles.read()),
      withDoor: options.remoteDoor != nil)
  }

  /// Where users come in from outside.
  func remotePlaces(_ configuration: Configuration, _ network: MailNetwork) -> [Endpoint: String] {
    var places: [Endpoint: String] = [:]
    for (name, interface) in configuration.interfaces.all {
      guard let port = interface.ssh, let address = interface.address else { continue }
      places[network.map.endpoint(of: address, port: port)] = name
    }
    return places
  }

  /// The files of the lab network.
  var networkFiles: NetworkFiles { NetworkFiles(folder: appliance.networkFolder) }

  /// The world around the appliance, as a configuration and the network's files make it.
  func network(for configuration: Configuration, _ files: NetworkFiles.Contents) -> MailNetwork {
    guard let slot = addresses.slot else {
      resolver.apply(NameServerSettings(configuration.dns))
      var network = MailNetwork(map: .real, reputation: files.reputation)
      network.names = resolver
      return network
    }
    var network = MailNetwork(
      slot: slot, configuration: configuration, zone: files.zone, reputation: files.reputation)
    if !files.isZoneKnown, let trouble = files.zoneTrouble {
      network.names = UnknownZone(trouble: trouble)
    }
    return network
  }
}

extension EngineAddresses {
  /// Where a configuration's services are reached.
  ///
  /// - Parameter hasDoor: whether users come in from outside.
  init(_ configuration: Configuration, _ network: MailNetwork, withDoor hasDoor: Bool) {
    var services: [Service] = []
    func add(_ kind: Service.Kind, _ name: String, on interface: String, _ port: Int) {
      guard let address = configuration.interfaces[interface]?.address else { return }
      let endpoint = network.map.endpoint(of: address, port: port)
      services.append(
        Service(kind: kind, name: name, host: "\(endpoint.address)", port: endpoint.port))
    }
    for (name, listener) in configuration.listeners.all {
      add(.smtp, name, on: listener.interface, listener.port)
    }
    for (name, interface) in configuration.interfaces.all {
      if let port = interface.https { add(.https, name, on: name, port) }
    }
    for (name, interface) in configuration.interfaces.all where hasDoor {
      if let port = interface.ssh { add(.ssh, name, on: name, port) }
    }
    if case .lab(let lab) = network.map {
      self.init(
        services: services, slot: lab.slot, stranger: "\(lab.loopback(of: lab.stranger))")
    } else {
      self.init(services: services, slot: nil, stranger: nil)
    }
  }
}
