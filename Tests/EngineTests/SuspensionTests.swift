import Configuration
import Control
import Engine
import Foundation
import Peers
import TestSupport
import Testing

@testable import Mail

/// What is open when receiving or delivering is suspended: it may finish for so long, and is cut.
@Suite struct SuspensionTests {
  private typealias Ask = @Sendable (EngineRequest) async -> EngineReply?

  @Test func aConnectionThatStaysIsCut() async throws {
    try await withWorld { world in
      let client = try await world.connect()
      _ = try await client.reply()
      #expect(await world.engine.handle(.suspendListeners(delay: 0)).ok)
      #expect(try await client.rest() == "")
      let log = try await world.log(closes: 1)
      #expect(log.suffix(2) == ["ICID 1 lost", "ICID 1 close"])
      #expect(await world.engine.handle(.mailStatus).mail?.inboundConnections == 0)
    }
  }

  @Test func aConnectionThatEndsIsWaitedFor() async throws {
    try await withWorld { world in
      let client = try await world.connect()
      _ = try await client.reply()
      let engine = world.engine
      async let isDone = engine.handle(.suspendListeners(delay: 3600)).ok
      try await eventually("it is suspended") {
        try await world.connect().reply() == "421 #4.3.2 Not accepting messages at this time\r\n"
      }
      // Whoever is there already is served to the end.
      #expect(try await client.command("NOOP").hasPrefix("250"))
      _ = try await client.command("QUIT")
      #expect(await isDone)
      #expect(try await !world.log(closes: 2).contains("ICID 1 lost"))
    }
  }

  @Test func otherListenersAreLeftAlone() async throws {
    try await withWorld { configuration in
      configuration.listeners["Other"] = configuration.listeners["IncomingMail"]
      configuration.listeners["Other"]?.port = 2525
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      let other = try await Client(world.service(.smtp, "Other"), from: world.source("0.9"))
      _ = try await other.reply()
      #expect(
        await world.engine.handle(
          .suspendListeners(["IncomingMail"], delay: 0)
        ).ok)
      #expect(try await client.rest() == "")
      #expect(try await other.command("NOOP").hasPrefix("250"))
    }
  }

  @Test func whoeverIsTiredOfWaitingCutsNothing() async throws {
    try await withWorld { world in
      let client = try await world.connect()
      _ = try await client.reply()
      let remote = EngineClient(directory: world.directory.path)
      let engine = world.engine
      let ways: [Ask] = [{ await engine.handle($0) }, { await remote.ask($0) }]
      for ask in ways {
        let waiting = Task { await ask(.suspendListeners(delay: 3600)) }
        try await eventually("it is suspended") {
          await world.engine.handle(.mailStatus).mail?.suspendedListeners == ["IncomingMail"]
        }
        waiting.cancel()
        #expect(await waiting.value?.ok != true)
        #expect(try await client.command("NOOP").hasPrefix("250"))
        #expect(await world.engine.handle(.resumeListeners()).ok)
      }
    }
  }

  @Test func anEndingEngineWaitsForNobody() async throws {
    try await withWorld { world in
      let client = try await world.connect()
      _ = try await client.reply()
      let remote = EngineClient(directory: world.directory.path)
      async let reply = remote.ask(.suspendListeners(delay: 3600))
      try await eventually("it is suspended") {
        await world.engine.handle(.mailStatus).mail?.suspendedListeners == ["IncomingMail"]
      }
      await world.engine.shutDown()
      #expect(await reply?.ok == false)
      #expect(try await client.rest().hasPrefix("421 "))
    }
  }

  @Test func aDeliveryThatStaysIsCutAndTriedAgainLater() async throws {
    try await withDeliveries { world in
      try await world.peer("black-hole")
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "New SMTP DCID 1")
      await world.scheduler.setSuspended(true)
      try await world.scheduler.finish(within: .milliseconds(20))
      #expect(await world.scheduler.status(of: "partner.example").connections == 0)
      let recipient = try #require(await world.queue.waiting().first?.recipients.first)
      #expect(recipient.attempts == 1)
      await world.scheduler.setSuspended(false)
      await world.advance(seconds: 60)
      _ = try await world.log(with: "New SMTP DCID 2")
    }
  }

  @Test func aDeliveryUnderWayIsWaitedFor() async throws {
    try await withDeliveries { world in
      let peer = try await world.peer("good")
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "Delivery start DCID 1")
      await world.scheduler.setSuspended(true)
      try await world.scheduler.finish(within: .seconds(3600))
      #expect(try peer.mailbox.messages().count == 1)
      #expect(try await world.logLines.last == "DCID 1 close")
    }
  }
}
