import Addresses
public import ConfigurationStore
public import Control
import Mail
import Glibc
import NIOCore
import NIOPosix
import Transport

/// Opens connections for a session, from the appliance's addresses into its world.
public struct ApplianceDialing: RemoteDialing {
  private static let limit = Duration.seconds(30)
  private let network: ApplianceNetwork

  /// Makes it.
  ///
  /// - Parameters:
  ///   - engine: tells which network is served; without one it is the lab's.
  ///   - names: the names of the appliance's world.
  public init(of appliance: Appliance, engine: any EngineControl, names: ApplianceNames) {
    network = ApplianceNetwork(appliance: appliance, engine: engine, names: names)
  }

  /// The IPv4 addresses of a host.
  public func addresses(of host: String) async throws -> [String] {
    try await network.addresses(of: host).map(\.description)
  }

  /// Connects to an address.
  public func connect(to address: String, port: Int, from interface: String?) async throws
    -> any RemoteConnection
  {
    guard let destination = IPv4Address(address) else {
      throw EngineError("\"\(address)\" is not an address.")
    }
    let configuration = try await network.configuration()
    let source = configuration.sourceAddress(towards: destination, from: interface)
    guard source != nil || interface == nil else {
      throw EngineError("The interface has no committed IPv4 address")
    }
    let map = try await network.current(configuration).map
    let channels = OpenChannels()
    return try await withTaskCancellationHandler {
      do {
        return try await ChannelConnection(
          Dialer(group: MultiThreadedEventLoopGroup.singleton, map: map).connect(
            to: destination, port: port, from: source, within: Self.limit
          ) { channel in
            channels.insert(channel)
            try channel.pipeline.syncOperations.addHandler(RemoteHandler())
          })
      } catch Dialer.Failure.system(let code) {
        throw EngineError(String(cString: strerror(code)))
      }
    } onCancel: {
      channels.close()
    }
  }
}
