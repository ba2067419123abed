import Addresses
import Foundation
import NIOCore
import NIOPosix
import Resolver
import SMTP
import TestSupport
import Testing
import Transport

@testable import Peers

@Suite struct PeerMemoryTests {
  @Test func allConnectionsShareOneLimit() {
    let memory = PeerMemory()
    #expect(memory.change(by: PeerLimits.held - 10))
    #expect(memory.change(by: 10))
    #expect(!memory.change(by: 1))
    #expect(memory.change(by: -1))
    #expect(memory.change(by: -PeerLimits.held))
  }

  @Test func whoAddsToWhatIsTooMuchIsToldToComeAgain() async throws {
    let directory = try TemporaryDirectory()
    let host = PeerHost(
      name: "store.example.com", behaviour: .insideStore, context: nil,
      mailbox: Mailbox(directory.path("mailbox")), calendar: { Date() })
    let group = MultiThreadedEventLoopGroup.singleton
    let server = try await ServerBootstrap(group: group)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try host.serve(.loopback, on: channel) }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(server.localAddress?.port)
    func send() async throws -> String {
      let sender = PeerSender(helo: "partner.example", tls: SenderTLS(demand: .none))
      let message = SentMessage(
        sender: "a@partner.example", recipients: ["joe@example.com"], subject: "x", body: "x",
        host: "partner.example", at: .testMoment)
      let delivery = try await sender.send(
        message, to: .loopback, port: port, over: Dialer(group: group, map: .real))
      return "\(delivery.outcome)"
    }
    // As if others had sent so much.
    _ = host.memory.change(by: PeerLimits.held)
    #expect(try await send() == "Refused: 421 4.3.1 Too much mail at a time, try again later")
    _ = host.memory.change(by: -PeerLimits.held)
    #expect(try await send() == "Accepted: 250 2.0.0 Ok: queued as 000001.eml")
    try await eventually("nothing to be counted of connections that are over") {
      defer { _ = host.memory.change(by: -PeerLimits.held) }
      return host.memory.change(by: PeerLimits.held)
    }
    try await server.close()
  }
}
