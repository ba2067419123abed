import Configuration
import Control
import Foundation
import Peers
import TestSupport
import Testing
@testable import Mail

/// What peers may do to a conversation, and what becomes of the message.
@Suite struct DeliveryConversationTests {
  private static let to = "From: <joe@example.com> To: <ann@partner.example> RID 0"

  /// Plays a peer for one message and returns the log once the connection is closed.
  private func deliver(
    _ script: @escaping ScriptedPeer.Script,
    _ change: (inout Configuration) -> Void = { _ in }
  ) async throws -> (log: [String], peer: ScriptedPeer, waiting: [QueuedMessage]) {
    var result: (log: [String], peer: ScriptedPeer, waiting: [QueuedMessage])?
    try await withDeliveries { world in
      let peer = try await ScriptedPeer.start(world.lab.map, script: script)
      try await world.apply(change)
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "DCID 1 close")
      try await eventually("an end") {
        let waiting = try await world.queue.waiting().filter { $0.id.number == 1 }
        return waiting.isEmpty || waiting[0].recipients[0].attempts == 1
      }
      let log = try await world.logLines.filter { !$0.hasPrefix("New SMTP") }
      let waiting = try await world.queue.waiting().filter { $0.id.number == 1 }
      result = (log, peer, waiting)
      try await peer.stop()
    }
    return try #require(result)
  }

  @Test func aRefusedRecipientBounces() async throws {
    let (log, peer, waiting) = try await deliver { _, command in
      command.hasPrefix("RCPT") ? .reply("550-5.1.1 no such\r\n550 5.1.1 user") : nil
    }
    #expect(
      log.contains(
        "Bounced: DCID 1 MID 1 \(Self.to) - 5.1.0 - Unknown address error"
          + " ('550', ['5.1.1 no such', '5.1.1 user'])"))
    #expect(log.contains("MID 1001 was generated for bounce of MID 1"))
    #expect(waiting.isEmpty)
    #expect(
      peer.commands.prefix(3) == [
        "EHLO mail.example.com", "MAIL FROM:<joe@example.com>", "RCPT TO:<ann@partner.example>",
      ])
    #expect(peer.contents.isEmpty)
  }

  @Test func aRefusedContentBounces() async throws {
    let (log, peer, waiting) = try await deliver { _, command in
      command == "content" ? .reply("554 it's spam") : nil
    }
    #expect(
      log.contains(
        "Bounced: DCID 1 MID 1 \(Self.to) - 5.3.0 - Other mail system problem"
          + " ('554', [\"it's spam\"])"))
    #expect(waiting.isEmpty)
    #expect(peer.contents == ["Subject: test\r\n\r\nHello\r\n.\r\n"])
  }

  @Test func nothingIsSaidBehindAContentThatWasRefusedHalfWay() async throws {
    try await withDeliveries { world in
      let peer = try await ScriptedPeer.start(world.lab.map) { connection, command in
        connection == 1 && command == "DATA" ? .stall("354 go\r\n552 too large") : nil
      }
      await world.scheduler.setSuspended(true)
      try await world.apply()
      // More than the system takes for a peer that does not read.
      try await world.send(
        to: "ann@partner.example", text: String(repeating: "x", count: 8 << 20))
      // The order in which the scheduler hears of them is that of the deliveries.
      func wait(for count: Int) async throws {
        try await eventually("\(count) wait") {
          await world.scheduler.status(of: "partner.example").activeRecipients == count
        }
      }
      try await wait(for: 1)
      try await world.send(to: "ann@partner.example")
      try await wait(for: 2)
      await world.scheduler.setSuspended(false)
      let log = try await world.log(with: "Message finished MID 2 done")
      #expect(
        log.contains(
          "Bounced: DCID 1 MID 1 \(Self.to) - 5.3.0 - Other mail system problem"
            + " ('552', ['too large'])"))
      #expect(!log.contains("Message done DCID 1 MID 2 to RID [0]"))
      #expect(!log.contains { $0.hasPrefix("Delayed") })
      try await peer.stop()
    }
  }

  @Test func a421IsLaterWhereverItComes() async throws {
    for command in ["MAIL", "RCPT", "DATA", "content"] {
      let (log, _, waiting) = try await deliver { _, line in
        line.hasPrefix(command) ? .hangUp("421 4.3.2 busy") : nil
      }
      #expect(
        log.contains(
          "Delayed: DCID 1 MID 1 \(Self.to) - 4.3.2 - Not accepting messages at this time"
            + " ('421', ['4.3.2 busy'])"))
      #expect(waiting.first?.recipients.first?.due == .testMoment.addingTimeInterval(60))
    }
  }

  @Test func aConnectionLostInATransactionIsLater() async throws {
    let (log, _, waiting) = try await deliver { _, line in
      line.hasPrefix("RCPT") ? .hangUp(nil) : nil
    }
    #expect(
      log.contains(
        "Delayed: DCID 1 MID 1 \(Self.to) - 4.4.0 - Other network problem ('000', ['EOF'])"))
    #expect(waiting.count == 1)
  }

  @Test(arguments: [
    ("nonsense", "details: 'nonsense'"), ("250-a\r\n251 b", "details: 'reply codes 250 and 251"),
    ("421 full", "details: 421-'full'"), ("250 odd", "details: 250-'odd'"),
  ])
  func anUnfitBannerIsAConnectionError(banner: String, details: String) async throws {
    let (log, _, waiting) = try await deliver { _, line in
      line == "banner" ? .reply(banner) : nil
    }
    #expect(log.first?.contains(details) == true)
    #expect(log.first?.hasSuffix("reason: unexpected SMTP response") == true)
    #expect(log.last == "DCID 1 close")
    #expect(waiting.count == 1)
  }

  @Test func clearBytesBehindThe220AreAFailedHandshake() async throws {
    let (log, _, waiting) = try await deliver(
      { _, line in
        switch line {
        case "STARTTLS": .reply("220 go\r\n250 injected")
        case _ where line.hasPrefix("EHLO"): .reply("250-peer\r\n250 STARTTLS")
        default: nil
        }
      }, { $0.outbound.defaults.tls = .preferred })
    #expect(
      log == ["DCID 1 TLS failed: 'clear text after the reply to STARTTLS'", "DCID 1 close"])
    #expect(waiting.count == 1)
  }

  @Test(arguments: [OutboundTLS.preferred, .required])
  func aPeerThatLeavesAtSTARTTLSHasFailedTLS(level: OutboundTLS) async throws {
    let (log, _, waiting) = try await deliver(
      { _, line in
        switch line {
        case "STARTTLS": .hangUp(nil)
        case _ where line.hasPrefix("EHLO"): .reply("250-peer\r\n250 STARTTLS")
        default: nil
        }
      }, { $0.outbound.defaults.tls = level })
    #expect(
      log == ["DCID 1 TLS failed: (-1, 'Unexpected EOF')"]
        + (level == .required
          ? ["DCID 1 TLS was required but could not be successfully negotiated"] : [])
        + ["DCID 1 close"])
    #expect(waiting.count == 1)
  }

  @Test func aConnectionThatWentStaleCostsNoAttempt() async throws {
    try await withDeliveries(limits: { $0.idleTime = .seconds(60) }) { world in
      let peer = try await ScriptedPeer.start(world.lab.map)
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "Message finished MID 1 done")
      await peer.hangUp()
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "Message finished MID 2 done")
      #expect(log.contains("Message done DCID 2 MID 2 to RID [0]"))
      #expect(!log.contains { $0.hasPrefix("Delayed") })
      try await peer.stop()
    }
  }

  @Test func aLargeMessageGoesThroughWholeAndStuffed() async throws {
    try await withDeliveries { world in
      let peer = try await ScriptedPeer.start(world.lab.map)
      try await world.apply()
      let line = "." + String(repeating: "x", count: 70) + "\r\n"
      try await world.send(
        to: "ann@partner.example", text: String(repeating: line, count: 10_000))
      _ = try await world.log(with: "Message finished MID 1 done")
      let content = try #require(peer.contents.first)
      #expect(
        content == "Subject: test\r\n\r\n" + String(repeating: "." + line, count: 10_000)
          + "\r\n.\r\n")
      try await peer.stop()
    }
  }

  @Test func aSilentPeerIsLeftInTime() async throws {
    try await withDeliveries(limits: { $0.replyTime = .milliseconds(100) }) { world in
      try await world.peer("black-hole")
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(log.contains { $0.contains("details: [Errno 60] Operation timed out") })
    }
  }
}
