import Configuration
public import ConfigurationStore
public import Control
import Foundation
import Mail
import Resolver

/// Tries, for a session, how mail would leave an appliance as it is committed.
public struct ApplianceProbes: MailProbing {
  private let network: ApplianceNetwork

  /// Makes them.
  ///
  /// - Parameters:
  ///   - engine: tells which network is served; without one it is the lab's.
  ///   - names: the names of the appliance's world.
  public init(of appliance: Appliance, engine: any EngineControl, names: ApplianceNames) {
    network = ApplianceNetwork(appliance: appliance, engine: engine, names: names)
  }

  /// Finds the servers that take mail for a domain.
  public func route(to domain: String, by detour: ProbedPlace?) async throws -> ProbedRoute {
    let configuration = try await network.configuration()
    let calendar = network.appliance.environment.calendar
    let probe = try await Self.probe(
      configuration, network.appliance, network.current(configuration)
    ) { calendar.now }
    return try await probe.route(to: domain, by: detour)
  }

  /// Builds TLS contexts, which takes milliseconds.
  @concurrent
  private static func probe(
    _ configuration: Configuration, _ appliance: Appliance, _ network: MailNetwork,
    _ calendar: @escaping @Sendable () -> Date
  ) async throws -> MailProbe {
    try MailProbe(
      configuration, release: appliance.release, network: network,
      revocationLists: RevocationRecord(in: appliance.directory).lists(for: configuration),
      calendar: calendar)
  }
}
