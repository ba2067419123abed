public import Addresses
import Glibc
public import NIOCore
import NIOPosix
public import Resolver

/// Opens TCP connections into the appliance's world, from one of its addresses.
///
/// Everything that leaves the appliance goes through one: the address map says where an address
/// really is, for the far end and for the source alike.
public struct Dialer: Sendable {
  /// Why there is no connection.
  public enum Failure: Error, Hashable, Sendable {
    /// The system's word, an error number of this system; `ETIMEDOUT` when nobody answered,
    /// `ECANCELED` when the task was cancelled before.
    case system(Int32)
    /// The host has no IPv4 address.
    case noAddress(String)
    /// The host's addresses cannot be found out at present.
    case lookup(LookupFailure)
  }

  private let group: any EventLoopGroup
  private let map: AddressMap

  /// Makes a dialer.
  ///
  /// - Parameters:
  ///   - group: the loops on which connections live.
  ///   - map: where addresses really are.
  public init(group: any EventLoopGroup, map: AddressMap) {
    self.group = group
    self.map = map
  }

  /// Connects to an address.
  ///
  /// - Parameters:
  ///   - address: in the appliance's world.
  ///   - port: the TCP port there.
  ///   - source: the appliance's address from which to connect; nil for the system's choice.
  ///   - limit: how long the connection may take to be made.
  ///   - tls: begins a handshake at once, for protocols without a clear beginning.
  ///   - prepare: adds handlers behind a `TLSHandler`, on the connection's loop, before it is
  ///     active.
  /// - Throws: `Failure.system`.
  public func connect(
    to address: IPv4Address, port: Int, from source: IPv4Address?,
    within limit: Duration, tls: TLSHandler.Start? = nil,
    _ prepare: @escaping @Sendable (any Channel) throws -> Void
  ) async throws(Failure) -> any Channel {
    // Nobody may be left who would close a connection that is only being made.
    if Task.isCancelled { throw .system(ECANCELED) }
    let endpoint = map.endpoint(of: address, port: port)
    do {
      var bootstrap = ClientBootstrap(group: group)
        .connectTimeout(TimeAmount(limit))
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(TLSHandler(start: tls))
            try prepare(channel)
          }
        }
      if let source {
        // The port is chosen when the other end is known, so that one address has many of them.
        bootstrap = bootstrap.channelOption(Self.bindsAddressOnly, value: 1)
          .bind(to: try SocketAddress(ipAddress: map.real(source).description, port: 0))
      }
      return try await bootstrap.connect(
        to: SocketAddress(ipAddress: endpoint.address.description, port: endpoint.port)
      ).get()
    } catch {
      throw .system(Self.code(of: error))
    }
  }

  /// Connects to a host by its name, or by its address as a text: its addresses are tried in order.
  ///
  /// - Parameters:
  ///   - host: a name, or four decimal bytes.
  ///   - names: who knows its addresses.
  ///   - port: the TCP port there.
  ///   - source: the appliance's address from which to connect; nil for the system's choice.
  ///   - limit: how long each connection may take to be made.
  ///   - tls: begins a handshake at once.
  ///   - prepare: adds handlers; called once for each address that is tried.
  /// - Throws: `Failure`; that of the last address when none can be reached.
  public func connect(
    toHost host: String, names: any NameService, port: Int, from source: IPv4Address?,
    within limit: Duration, tls: TLSHandler.Start? = nil,
    _ prepare: @escaping @Sendable (any Channel) throws -> Void
  ) async throws(Failure) -> any Channel {
    var failure = Failure.noAddress(host)
    for address in try await addresses(of: host, names) {
      do {
        return try await connect(
          to: address, port: port, from: source, within: limit, tls: tls, prepare)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  private func addresses(of host: String, _ names: any NameService) async throws(Failure)
    -> [IPv4Address]
  {
    if let address = IPv4Address(host) { return [address] }
    guard let name = DomainName(host) else { return [] }
    do {
      return try await names.believedAnswer(name, .a).addresses
    } catch {
      throw .lookup(error)
    }
  }

  /// IP_BIND_ADDRESS_NO_PORT, ip(7).
  private static let bindsAddressOnly = ChannelOptions.Types.SocketOption(
    level: .ip, name: .init(rawValue: 24))

  private static func code(of error: any Error) -> Int32 {
    switch error {
    case let error as IOError: error.errnoCode
    case ChannelError.connectTimeout: ETIMEDOUT
    default: ECONNABORTED
    }
  }
}

extension AddressMap {
  /// Where an address is on this machine.
  func real(_ address: IPv4Address) -> IPv4Address {
    endpoint(of: address, port: 0).address
  }
}
