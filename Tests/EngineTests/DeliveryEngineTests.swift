import Addresses
import Configuration
import ConfigurationStore
import Control
import Engine
import Foundation
import NIOPosix
import Peers
import Resolver
import TestSupport
import Testing

/// The whole way: a client's message through a listener and the queue to a peer.
@Suite struct DeliveryEngineTests {
  private static let address = IPv4Address(bits: 0x0A00_0001)
  private static let data1 = IPv4Address(bits: 0xC0A8_0101)

  /// Runs a body with a peer behind mx1.partner.example.
  private func withPeer(_ world: TestWorld, _ body: (Peer) async throws -> Void) async throws {
    let slot = try #require(await world.engine.serviceAddresses.slot)
    let lab = PeerLab(
      folder: world.appliance.networkFolder,
      map: .lab(LabNetwork(slot: slot, known: [.init(Self.data1, source: "Data 1")])),
      group: MultiThreadedEventLoopGroup.singleton, calendar: { .testMoment })
    let peer = try await lab.start(
      "mx1.partner.example", #require(Behaviour.named("good")), at: Self.address)
    do {
      try await body(peer)
    } catch {
      await peer.stop()
      throw error
    }
    await peer.stop()
  }

  /// Hands a message in as a host of RELAYLIST.
  private func send(_ world: TestWorld, to recipient: String) async throws {
    let client = try await Client(world.service(.smtp, "IncomingMail"), from: "127.0.0.1")
    _ = try await client.reply()
    _ = try await client.command("EHLO desk.example.com")
    _ = try await client.command("MAIL FROM:<joe@example.com>")
    #expect(try await client.command("RCPT TO:<\(recipient)>").hasPrefix("250 "))
    _ = try await client.command("DATA")
    #expect(
      try await client.command("Subject: lunch\r\n\r\nAt noon?\r\n.").hasPrefix("250 ok:  Message"))
    _ = try await client.command("QUIT")
  }

  @Test func aMessageGoesThroughWhole() async throws {
    try await withWorld {
      $0.outbound.defaults.tls = .required
    } _: { world in
      try await withPeer(world) { peer in
        try await send(world, to: "ann@partner.example")
        try await eventually("it is delivered") {
          try await world.log.contains("Message finished MID 1 done")
        }
        let log = try await world.log
        let queued = try #require(log.firstIndex(of: "MID 1 queued for delivery"))
        let start = try #require(log.firstIndex { $0.hasPrefix("New SMTP DCID 1") })
        #expect(queued < start)
        #expect(log.contains { $0.hasPrefix("DCID 1 TLS success protocol TLSv1.2") })
        let received = try #require(try peer.mailbox.messages().first)
        #expect(received.helo == "mail.example.com")
        #expect(received.client == "192.168.1.1")
        #expect(String(decoding: received.content, as: UTF8.self).hasSuffix("\r\n\r\nAt noon?\r\n"))
        let host = await world.engine.handle(.hostStatus("partner.example")).host
        #expect(host?.state == .up)
        #expect(host?.delivered == 1)
        let status = await world.engine.handle(.mailStatus).mail
        #expect(status?.delivered == 1)
        #expect(status?.oldestMessage == nil)
      }
    }
  }

  @Test func theNextEngineGoesOnWhereTheLastOneEnded() async throws {
    try await withWorld { world in
      try await send(world, to: "ann@partner.example")
      try await eventually("an attempt") {
        await world.engine.handle(.recipients()).recipients?.first?.attempts == 1
      }
      let reply = await world.engine.handle(.recipients())
      #expect(reply.recipients?.map(\.subject) == ["lunch"])
      #expect(reply.count == 1)
      await world.engine.shutDown()
      let next = try await TestWorld.claim(world.appliance)
      _ = try await next.start()
      try await withPeer(world) { peer in
        let moved = await next.handle(.clock(offset: 60))
        #expect(moved.ok)
        try await eventually("it is delivered") {
          try await world.log.contains("Message finished MID 1 done")
        }
        #expect(try peer.mailbox.messages().count == 1)
        // One host after the other was tried in vain before; numbers are not given out again.
        #expect(try await world.log.contains("Message done DCID 3 MID 1 to RID [0]"))
      }
      await next.shutDown()
    }
  }

  @Test func whatAdministratorsStopStaysStopped() async throws {
    try await withWorld { world in
      #expect(await world.engine.handle(.suspendDeliveries(delay: 30)).ok)
      try await send(world, to: "ann@partner.example")
      await world.engine.shutDown()
      let next = try await TestWorld.claim(world.appliance)
      _ = try await next.start()
      #expect(await next.handle(.mailStatus).mail?.isDeliverySuspended == true)
      #expect(await next.handle(.mailStatus).mail?.activeRecipients == 1)
      #expect(try await !world.log.contains { $0.hasPrefix("New SMTP DCID") })
      try await withPeer(world) { _ in
        #expect(await next.handle(.resumeDeliveries).ok)
        try await eventually("it is delivered") {
          try await world.log.contains("Message finished MID 1 done")
        }
      }
      await next.shutDown()
    }
  }

  @Test func recipientsAreRemovedAndTriedAtOnce() async throws {
    try await withWorld { world in
      try await send(world, to: "ann@partner.example")
      try await eventually("an attempt") {
        await world.engine.handle(.recipients()).recipients?.first?.attempts == 1
      }
      // The attempt is on disk a moment before its recipient waits in memory again.
      try await eventually("a recipient that can be tried at once") {
        await world.engine.handle(.deliverNow("partner.example")).count == 1
      }
      try await eventually("another attempt") {
        await world.engine.handle(.recipients()).recipients?.first?.attempts == 2
      }
      #expect(
        await world.engine.handle(.deleteRecipients(domain: "partner.example")).count == 1)
      let status = await world.engine.handle(.mailStatus).mail
      #expect(status != nil && status?.oldestMessage == nil)
      #expect(await world.engine.handle(.topHosts).hosts?.isEmpty == true)
    }
  }
}
