import Configuration
public import ConfigurationStore
public import Control
import Foundation
import Mail
import Resolver

/// Tries, for a session, how mail would leave an appliance as it is committed.
public struct ApplianceProbes: MailProbing {
  private let appliance: Appliance
  private let engine: any EngineControl
  private let names: ApplianceNames

  /// Makes them.
  ///
  /// - Parameters:
  ///   - engine: tells which network is served; without one it is the lab's.
  ///   - names: the names of the appliance's world.
  public init(of appliance: Appliance, engine: any EngineControl, names: ApplianceNames) {
    self.appliance = appliance
    self.engine = engine
    self.names = names
  }

  /// Finds the servers that take mail for a domain.
  public func route(to domain: String, by detour: ProbedPlace?) async throws -> ProbedRoute {
    let configuration = try await appliance.store.committed().configuration
    let calendar = appliance.environment.calendar
    let probe = try await Self.probe(
      configuration, appliance.release, network(configuration)
    ) { calendar.now }
    return try await probe.route(to: domain, by: detour)
  }

  /// Builds TLS contexts, which takes milliseconds.
  @concurrent
  private static func probe(
    _ configuration: Configuration, _ release: Release, _ network: MailNetwork,
    _ calendar: @escaping @Sendable () -> Date
  ) async throws -> MailProbe {
    try MailProbe(configuration, release: release, network: network, calendar: calendar)
  }

  /// The world around the appliance: where it is served, else where it was served last.
  private func network(_ configuration: Configuration) async throws -> MailNetwork {
    let addresses = await engine.ask(.status)?.status?.addresses
    let files = NetworkFiles(folder: appliance.networkFolder).read()
    if let addresses, addresses.slot == nil {
      var network = MailNetwork(map: .real, reputation: files.reputation)
      network.names = try await names.service()
      return network
    }
    if let trouble = files.zoneTrouble { throw EngineError(trouble) }
    // The slot that an engine would try first.
    let usual: UInt8 = 168
    return MailNetwork(
      slot: addresses?.slot ?? EngineFile(in: appliance.directory)?.slot ?? usual,
      configuration: configuration, zone: files.zone, reputation: files.reputation)
  }
}
