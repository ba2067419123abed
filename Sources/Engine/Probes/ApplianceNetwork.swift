import Addresses
import Configuration
import ConfigurationStore
import Control
import Mail
import Resolver

/// The world around an appliance as a session outside the engine knows it.
struct ApplianceNetwork: Sendable {
  let appliance: Appliance
  let engine: any EngineControl
  let names: ApplianceNames

  /// The committed configuration.
  func configuration() async throws -> Configuration {
    try await appliance.store.committed().configuration
  }

  /// The IPv4 addresses of a host, given by its name or as an address.
  ///
  /// - Throws: an error with a sentence when there are none.
  func addresses(of host: String) async throws -> [IPv4Address] {
    if let address = IPv4Address(host) { return [address] }
    guard let name = DomainName(host) else { throw EngineError("\"\(host)\" is not a name.") }
    let answer = try await names.service().answer(name, .a)
    guard answer.security != .bogus, !answer.addresses.isEmpty else {
      throw EngineError("There is no IPv4 address of \"\(host)\".")
    }
    return answer.addresses
  }

  /// The world: where the appliance is served, else where it was served last.
  func current(_ configuration: Configuration) async throws -> MailNetwork {
    let files = NetworkFiles(folder: appliance.networkFolder).read()
    guard let slot = appliance.slot(servedAt: await engine.ask(.status)?.addresses) else {
      var network = MailNetwork(map: .real, reputation: files.reputation)
      network.names = try await names.service()
      return network
    }
    if let trouble = files.zoneTrouble { throw EngineError(trouble) }
    return MailNetwork(
      slot: slot, configuration: configuration, zone: files.zone, reputation: files.reputation)
  }
}
