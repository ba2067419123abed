import Configuration
import ConfigurationStore
import Mail
import Resolver

extension Engine {
  /// Where services will be reached once the engine has started; opens nothing.
  ///
  /// - Throws: an error with a sentence when the configuration cannot be read.
  public func plannedAddresses() async throws -> EngineAddresses {
    let configuration = try await appliance.store.committed().configuration
    let files = NetworkFiles(folder: appliance.networkFolder).read()
    var addresses = serviceAddresses
    let network: MailNetwork
    if let slot = addresses.slot {
      network = MailNetwork(
        slot: slot, configuration: configuration, zone: files.zone, reputation: files.reputation)
    } else {
      network = MailNetwork(map: .real, zone: files.zone, reputation: files.reputation)
    }
    func add(_ kind: EngineAddresses.Service.Kind, _ name: String, _ interface: String, _ port: Int)
    {
      guard let address = configuration.interfaces[interface]?.address else { return }
      let endpoint = network.map.endpoint(of: InternetAddress(bits: address.bits), port: port)
      addresses.services.append(
        .init(kind: kind, name: name, host: "\(endpoint.address)", port: endpoint.port))
    }
    for (name, listener) in configuration.listeners.all {
      add(.smtp, name, listener.interface, listener.port)
    }
    for (name, interface) in configuration.interfaces.all {
      if let port = interface.https { add(.https, name, name, port) }
    }
    if case .lab(let lab) = network.map {
      addresses.stranger = "\(lab.loopback(of: lab.stranger))"
    }
    return addresses
  }
}
