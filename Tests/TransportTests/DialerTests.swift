import Addresses
import Foundation
import NIOCore
import NIOPosix
import Resolver
import TestSupport
import Testing
import Transport

@Suite struct DialerTests {
  /// The lab network of a slot that no engine of a test claims.
  private static let map = AddressMap.lab(
    LabNetwork(
      slot: 251,
      known: [
        .init(IPv4Address(bits: 0xC0A8_0101), source: "Data 1"),
        .init(IPv4Address(bits: 0x0A00_0001), source: "mx1"),
      ]))
  private static let data1 = IPv4Address(bits: 0xC0A8_0101)

  /// Listens at an address of the lab network; tells who connected, and from where.
  private static func listen(
    _ group: any EventLoopGroup, at host: String, _ peers: EventLoopPromise<String>
  ) async throws -> any Channel {
    try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        peers.succeed(channel.remoteAddress?.ipAddress ?? "")
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: host, port: 0).get()
  }

  @Test func addressAndSourceAreMapped() async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let peers = group.next().makePromise(of: String.self)
    let server = try await Self.listen(group, at: "127.251.0.1", peers)
    let port = try #require(server.localAddress?.port)
    let channel = try await Dialer(group: group, map: Self.map).connect(
      to: IPv4Address(bits: 0x0A00_0001), port: port, from: Self.data1, within: .seconds(60)
    ) { _ in }
    #expect(try await peers.futureResult.get() == "127.251.1.1")
    #expect(try await channel.getOption(.tcpOption(.tcp_nodelay)).get() == 1)
    #expect(
      try await channel.getOption(
        ChannelOptions.Types.SocketOption(level: .ip, name: .init(rawValue: 24))
      ).get() == 1)
    try await channel.close()
    try await server.close()
  }

  @Test func aHostsAddressesAreTriedInOrder() async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let peers = group.next().makePromise(of: String.self)
    let server = try await Self.listen(group, at: "127.251.0.2", peers)
    let port = try #require(server.localAddress?.port)
    let zone = try Zone(masterFile: "mx.example. 60 IN A 10.0.0.1\nmx.example. 60 IN A 10.0.0.2\n")
    let channel = try await Dialer(group: group, map: Self.map).connect(
      toHost: "mx.example", names: zone, port: port, from: nil, within: .seconds(60)
    ) { _ in }
    #expect(channel.remoteAddress?.ipAddress == "127.251.0.2")
    try await channel.close()
    try await server.close()
  }

  @Test func nobodyIsDialledForATaskThatIsCancelled() async throws {
    let dialer = Dialer(group: MultiThreadedEventLoopGroup.singleton, map: Self.map)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try await dialer.connect(
        to: IPv4Address(bits: 0x0A00_0003), port: 25, from: Self.data1, within: .seconds(60)
      ) { _ in }
    }
    await #expect(throws: Dialer.Failure.system(ECANCELED)) { try await task.value }
  }

  @Test func failuresAreTheSystems() async throws {
    let dialer = Dialer(group: MultiThreadedEventLoopGroup.singleton, map: Self.map)
    await #expect(throws: Dialer.Failure.system(ECONNREFUSED)) {
      _ = try await dialer.connect(
        to: IPv4Address(bits: 0x0A00_0003), port: 25, from: Self.data1, within: .seconds(60)
      ) { _ in }
    }
    await #expect(throws: Dialer.Failure.noAddress("nobody.example")) {
      _ = try await dialer.connect(
        toHost: "nobody.example", names: Zone.empty, port: 25, from: nil, within: .seconds(60)
      ) { _ in }
    }
  }
}
