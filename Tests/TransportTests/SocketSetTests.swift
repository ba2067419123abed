import Addresses
import NIOCore
import NIOPosix
import Resolver
import TestSupport
import Testing
import Transport

@Suite struct SocketSetTests {
  private func sockets(patience: Duration) -> SocketSet {
    SocketSet(group: MultiThreadedEventLoopGroup.singleton, patience: patience) { _, channel in
      channel.eventLoop.makeSucceededVoidFuture()
    }
  }

  /// A port of this machine with somebody who listens on it.
  private func heldPort() async throws -> (holder: any Channel, endpoint: Endpoint) {
    let holder = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(holder.localAddress?.port)
    return (holder, Endpoint(address: .loopback, port: port))
  }

  private let wanted = SocketSet.Service(name: "The test", backlog: 5)

  @Test func aPortThatIsHeldForAMomentIsWaitedFor() async throws {
    let (holder, endpoint) = try await heldPort()
    let sockets = sockets(patience: .seconds(60))
    async let update: Void = sockets.update(to: [endpoint: wanted])
    try await holder.close()
    await update
    #expect(await sockets.troubles.isEmpty)
    await sockets.close()
  }

  @Test func whoOpensASocketTwiceAtOnceIsNotInItsOwnWay() async throws {
    let (holder, endpoint) = try await heldPort()
    let sockets = sockets(patience: .seconds(60))
    await withTaskGroup(of: Void.self) { updates in
      for _ in 1...4 { updates.addTask { await sockets.update(to: [endpoint: wanted]) } }
      updates.addTask { try? await holder.close() }
    }
    #expect(await sockets.troubles.isEmpty)
    await sockets.close()
  }

  @Test func aPortThatStaysHeldIsNamedAndOpenedLater() async throws {
    let (holder, endpoint) = try await heldPort()
    let sockets = sockets(patience: .zero)
    await sockets.update(to: [endpoint: wanted])
    #expect(
      await sockets.troubles == ["The test cannot listen on \(endpoint): Address already in use."])
    try await holder.close()
    try await eventually("it listens") { await sockets.troubles.isEmpty }
    await sockets.close()
  }
}
