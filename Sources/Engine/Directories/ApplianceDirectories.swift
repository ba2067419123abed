import Addresses
import Configuration
public import ConfigurationStore
public import Control
import Mail
import Transport

/// Talks with directory servers for a session, as the appliance is committed.
public struct ApplianceDirectories: DirectoryProbing {
  private let network: ApplianceNetwork

  /// Makes it.
  ///
  /// - Parameters:
  ///   - engine: tells which network is served; without one it is the lab's.
  ///   - names: the names of the appliance's world.
  public init(of appliance: Appliance, engine: any EngineControl, names: ApplianceNames) {
    network = ApplianceNetwork(appliance: appliance, engine: engine, names: names)
  }

  /// Connects to a server, at the first of its addresses that answers.
  public func connect(to server: ProbedPlace) async throws -> any DirectoryConnection {
    let addresses: [IPv4Address]
    do {
      addresses = try await network.addresses(of: server.host)
    } catch {
      throw DirectoryFailure.unreachable("DNS lookup failure: \(error)")
    }
    let configuration = try await network.configuration()
    let calendar = network.appliance.environment.calendar
    let service = DirectoryService(
      configuration: configuration, release: network.appliance.release,
      map: try await network.current(configuration).map
    ) { calendar.now }
    var reason = "no interface has an IPv4 address to connect from"
    let channels = OpenChannels()
    return try await withTaskCancellationHandler {
      for address in addresses {
        guard
          let source = configuration.sourceAddress(
            towards: address, from: configuration.ldap.interface)
        else { continue }
        do throws(Dialer.Failure) {
          return try await DirectoryClient(
            to: address, port: server.port, from: source, host: server.host, service: service,
            among: channels)
        } catch {
          reason = "\(ProbeFailure(error))"
        }
      }
      throw DirectoryFailure.unreachable("unable to connect: \(reason)")
    } onCancel: {
      channels.close()
    }
  }
}
