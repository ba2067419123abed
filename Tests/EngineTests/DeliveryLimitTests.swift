import Addresses
import Configuration
import Control
import Foundation
import Peers
import TestSupport
import Testing
@testable import Mail

/// Caps on connections and recipients, and what administrators stop and start.
@Suite struct DeliveryLimitTests {
  private static let twoDomains = """
    partner.example.       60 IN MX 10 mx1.partner.example.
    other.example.         60 IN MX 10 mx2.partner.example.
    mx1.partner.example.   60 IN A 10.0.0.1
    mx2.partner.example.   60 IN A 10.0.0.2

    """
  private static let second = IPv4Address(bits: 0x0A00_0002)

  @Test(arguments: [1, 500])
  func aDomainHasSoManyConnections(limit: Int) async throws {
    try await withDeliveries(limits: { $0.idleTime = .seconds(60) }) { world in
      let peer = try await ScriptedPeer.start(world.lab.map)
      for _ in 1...40 { try await world.send(to: "ann@partner.example") }
      try await world.apply { $0.outbound.defaults.maxConnections = limit }
      try await eventually("all are delivered") { try await world.queue.waiting().isEmpty }
      #expect(limit == 1 ? peer.connections == 1 : peer.connections > 1)
      #expect(peer.contents.count == 40)
      try await peer.stop()
    }
  }

  @Test(arguments: [false, true])
  func theWholeSystemHasSoManyConnections(ofTLS: Bool) async throws {
    try await withDeliveries(zone: Self.twoDomains) { world in
      try await world.peer("good")
      try await world.peer("good", "mx2.partner.example", at: Self.second)
      try await world.send(to: "ann@partner.example")
      try await world.send(to: "ann@other.example")
      try await world.apply { configuration in
        if ofTLS {
          configuration.delivery.maxTLSConnections = 1
          configuration.outbound.defaults.tls = .preferred
        } else {
          configuration.delivery.maxConnections = 1
        }
      }
      let log = try await world.log(with: "DCID 2 close")
      let end = try #require(log.firstIndex(of: "DCID 1 close"))
      let next = try #require(log.firstIndex { $0.hasPrefix("New SMTP DCID 2") })
      #expect(end < next)
    }
  }

  @Test func aDomainHasSoManyRecipientsInSoManyMinutes() async throws {
    try await withDeliveries { world in
      try await world.peer("good")
      try await world.apply { configuration in
        configuration.outbound.defaults.recipientLimit = 2
        configuration.outbound.defaults.recipientMinutes = 30
      }
      try await world.send(to: "a@partner.example", "b@partner.example", "c@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(log.contains("Message done DCID 1 MID 1 to RID [0, 1]"))
      #expect(try await world.queue.waiting().first?.recipients.map(\.index) == [2])
      await world.advance(seconds: 1799)
      #expect(try await world.logLines.count { $0.hasPrefix("New SMTP") } == 1)
      await world.advance(seconds: 1)
      #expect(
        try await world.log(with: "Message finished MID 1 done").contains(
          "Message done DCID 2 MID 1 to RID [2]"))
    }
  }

  @Test func anExchangersOwnLimitLeavesTheOthersFree() async throws {
    let zone = """
      partner.example.       60 IN MX 10 mx1.partner.example.
      partner.example.       60 IN MX 20 mx2.partner.example.
      mx1.partner.example.   60 IN A 10.0.0.1
      mx2.partner.example.   60 IN A 10.0.0.2

      """
    try await withDeliveries(zone: zone) { world in
      let first = try await world.peer("good")
      let second = try await world.peer("good", "mx2.partner.example", at: Self.second)
      try await world.apply { configuration in
        configuration.outbound.defaults.recipientLimit = 1
        configuration.outbound.defaults.scope.isPerExchanger = true
      }
      for _ in 1...3 { try await world.send(to: "ann@partner.example") }
      _ = try await world.log(with: "DCID 2 close")
      #expect(try first.mailbox.messages().count == 1)
      #expect(try second.mailbox.messages().count == 1)
      #expect(try await world.queue.waiting().count == 1)
      await world.advance(seconds: 3600)
      try await eventually("the last") { try await world.queue.waiting().isEmpty }
      #expect(try first.mailbox.messages().count == 2)
    }
  }

  @Test func suspendedDeliveriesWait() async throws {
    try await withDeliveries { world in
      try await world.peer("good")
      try await world.apply()
      await world.scheduler.setSuspended(true)
      try await world.send(to: "ann@partner.example")
      try await eventually("it waits") {
        await world.scheduler.status(of: "partner.example").activeRecipients == 1
      }
      #expect(try await world.logLines.isEmpty)
      await world.scheduler.setSuspended(false)
      _ = try await world.log(with: "Message finished MID 1 done")
    }
  }

  @Test func whatWaitsIsSentAtOnceOnAnAdministratorsWord() async throws {
    try await withDeliveries(zone: Self.twoDomains) { world in
      try await world.apply()
      try await world.send(to: "ann@partner.example", "bob@other.example")
      try await eventually("both wait") {
        await world.scheduler.statuses().count { $0.nextAttempt != nil } == 2
      }
      let peer = try await world.peer("good")
      #expect(await world.scheduler.deliverNow("Partner.example") == 1)
      _ = try await world.log(with: "Message done DCID 3 MID 1 to RID [0]")
      #expect(try peer.mailbox.messages().count == 1)
      #expect(try await world.queue.waiting().first?.recipients.map(\.index) == [1])
    }
  }

  @Test func recipientsGoOnAnAdministratorsWord() async throws {
    try await withDeliveries(zone: Self.twoDomains) { world in
      try await world.apply()
      await world.scheduler.setSuspended(true)
      try await world.send(to: "ann@partner.example", "bob@other.example")
      try await world.send(to: "ann@partner.example", from: "eve@example.com")
      try await eventually("all wait") {
        await world.scheduler.statuses().reduce(0) { $0 + $1.activeRecipients } == 3
      }
      #expect(
        try await world.scheduler.deleteRecipients(matching: .sender("Eve@example.com")) == 1)
      #expect(
        try await world.scheduler.deleteRecipients(matching: .domain("partner.example")) == 1)
      #expect(await world.scheduler.statuses().map(\.domain) == ["other.example"])
      #expect(try await world.queue.waiting().map(\.recipients.count) == [1])
      #expect(await world.scheduler.totals.deleted == 2)
    }
  }

  @Test func whoeverIsDeletedWhileHeIsTriedIsNotTriedAgain() async throws {
    try await withDeliveries { world in
      let peer = try await ScriptedPeer.start(world.lab.map) { _, command in
        // A reply that does not end.
        command.hasPrefix("RCPT") ? .reply("451-later") : nil
      }
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      try await eventually("a try") { peer.commands.contains { $0.hasPrefix("RCPT") } }
      #expect(try await world.scheduler.deleteRecipients(matching: .all) == 1)
      await peer.hangUp()
      _ = try await world.log(with: "DCID 1 close")
      let status = await world.scheduler.status(of: "partner.example")
      #expect(status.nextAttempt == nil)
      #expect(status.activeRecipients == 0)
      try await peer.stop()
    }
  }

  @Test func whoeverIsDeletedOnAConnectionThatWentStaleIsNotTriedAgain() async throws {
    try await withDeliveries(limits: { $0.idleTime = .seconds(60) }) { world in
      let transactions = Counter()
      let peer = try await ScriptedPeer.start(world.lab.map) { _, command in
        command.hasPrefix("MAIL") && transactions.next() == 2 ? .reply("250-wait") : nil
      }
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "Message finished MID 1 done")
      try await world.send(to: "ann@partner.example")
      try await eventually("a try") { peer.commands.count { $0.hasPrefix("MAIL") } == 2 }
      #expect(try await world.scheduler.deleteRecipients(matching: .all) == 1)
      await peer.hangUp()
      _ = try await world.log(with: "DCID 1 close")
      #expect(await world.scheduler.status(of: "partner.example").activeRecipients == 0)
      try await peer.stop()
    }
  }

  @Test func destinationsAtRestAreForgotten() async throws {
    try await withDeliveries(limits: { $0.restingDestinations = 2 }) { world in
      try await world.apply()
      for number in 1...10 {
        try await world.send(to: "ann@nowhere\(number).example")
        _ = try await world.log(with: "Message finished MID \(number) done")
        try await eventually("rest") { await world.scheduler.workers.isEmpty }
      }
      // Two at rest, two more before they are looked through, and the message and its bounce.
      #expect(await world.scheduler.destinations.count <= 6)
      #expect(await world.scheduler.status(of: "nowhere10.example").hardBounced == 1)
      #expect(await world.scheduler.status(of: "nowhere1.example").hardBounced == 0)
    }
  }

  @Test func anEndCostsNoAttempt() async throws {
    try await withDeliveries { world in
      try await world.peer("black-hole")
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "New SMTP DCID 1")
      await world.scheduler.shutDown(within: .milliseconds(20))
      let recipient = try await world.queue.waiting().first?.recipients.first
      #expect(recipient?.attempts == 0)
      #expect(recipient?.due == .testMoment)
    }
  }
}
