public import ConfigurationStore
import Glibc
import NIOCore
import NIOPosix
public import Resolver
public import Transport

/// SSH of the interfaces: it accepts connections and gives each to a process of its own.
public final class SSHServer: RemoteDoor {
  private let group: MultiThreadedEventLoopGroup
  private let sockets: SocketSet
  private let connections: ConnectionTable

  /// Makes a server that listens nowhere yet.
  ///
  /// - Parameters:
  ///   - isLegacy: whether old clients' algorithms are offered.
  ///   - limits: how many connections are borne.
  public init(
    of appliance: Appliance, isLegacy: Bool = false, limits: ServerLimits = ServerLimits()
  ) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let connections = ConnectionTable(
      appliance: appliance.directory, isLegacy: isLegacy, limits: limits, group: group)
    self.group = group
    self.connections = connections
    sockets = SocketSet(group: group) { _, channel in
      connections.accept(channel)
      // The channel's own descriptor is closed; the connection lives on in the copy.
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
  }

  /// Listens at just these places from now on.
  ///
  /// - Parameters:
  ///   - places: the endpoints, with the interfaces' names.
  ///   - map: tells which addresses clients have in the appliance's world.
  public func serve(at places: [Endpoint: String], map: AddressMap) async {
    connections.setMap(map)
    await sockets.update(
      to: places.mapValues {
        SocketSet.Service(name: "SSH of the interface \"\($0)\"", backlog: 1024)
      })
  }

  /// A sentence for each place where it does not listen.
  public var troubles: [String] { get async { await sockets.troubles } }

  /// Stops listening and ends all connections.
  public func shutDown() async {
    await sockets.close()
    await connections.end()
    try? await group.shutdownGracefully()
  }
}
