import Addresses
import Configuration
import ConfigurationStore
import Control
import Foundation
import GRDB
import Peers
import TestSupport
import Testing
@testable import Mail

/// When mail leaves, where to, and what becomes of what cannot.
@Suite struct DeliverySchedulerTests {
  private static let twoHosts = """
    partner.example.       60 IN MX 10 mx1.partner.example.
    partner.example.       60 IN MX 20 mx2.partner.example.
    mx1.partner.example.   60 IN A 10.0.0.1
    mx2.partner.example.   60 IN A 10.0.0.2

    """
  private static let second = IPv4Address(bits: 0x0A00_0002)

  @Test func recipientsOfADomainShareATransaction() async throws {
    try await withDeliveries { world in
      let peer = try await world.peer("good")
      try await world.apply()
      try await world.send(to: "ann@partner.example", "bob@PARTNER.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(log.contains("Delivery start DCID 1 MID 1 to RID [0, 1]"))
      #expect(log.contains("Message done DCID 1 MID 1 to RID [0, 1]"))
      #expect(
        log.contains("MID 1 RID [0, 1] Response '2.0.0 Ok: queued as 000001.eml'"))
      let received = try #require(try peer.mailbox.messages().first)
      #expect(received.recipients == ["<ann@partner.example>", "<bob@PARTNER.example>"])
      #expect(received.helo == "mail.example.com")
      #expect(received.client == "192.168.1.1")
    }
  }

  @Test func aConnectionIsUsedAgainUpToItsLimit() async throws {
    try await withDeliveries(limits: { $0.idleTime = .seconds(2) }) { world in
      try await world.peer("good")
      try await world.apply { $0.outbound.defaults.maxMessagesPerConnection = 2 }
      for number in 1...3 {
        try await world.send(to: "ann@partner.example")
        _ = try await world.log(with: "Message finished MID \(number) done")
      }
      let log = try await world.logLines
      #expect(
        log.filter { $0.hasPrefix("Delivery start") || $0.hasPrefix("New SMTP") } == [
          "New SMTP DCID 1 interface 192.168.1.1 address 10.0.0.1 port 25",
          "Delivery start DCID 1 MID 1 to RID [0]", "Delivery start DCID 1 MID 2 to RID [0]",
          "New SMTP DCID 2 interface 192.168.1.1 address 10.0.0.1 port 25",
          "Delivery start DCID 2 MID 3 to RID [0]",
        ])
      #expect(log.contains("DCID 1 close"))
    }
  }

  @Test func theNextHostIsTriedWhenOneCannotBeReached() async throws {
    try await withDeliveries(zone: Self.twoHosts) { world in
      let peer = try await world.peer("good", "mx2.partner.example", at: Self.second)
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 2 close")
      #expect(
        log.prefix(3) == [
          "New SMTP DCID 1 interface 192.168.1.1 address 10.0.0.1 port 25",
          "Connection Error: DCID 1 domain: partner.example IP: 10.0.0.1 port: 25"
            + " details: [Errno 61] Connection refused interface: 192.168.1.1"
            + " reason: network error",
          "New SMTP DCID 2 interface 192.168.1.1 address 10.0.0.2 port 25",
        ])
      #expect(try peer.mailbox.messages().count == 1)
      let status = await world.scheduler.status(of: "partner.example")
      #expect(status.state == .up)
      #expect(status.delivered == 1)
      #expect(status.exchangers.map(\.name) == ["mx1.partner.example", "mx2.partner.example"])
      #expect(status.exchangers.map(\.preference) == [10, 20])
      #expect(status.exchangers.map(\.ttl) == [60, 60])
    }
  }

  @Test func aRefusingBannerSendsMailToTheNextHost() async throws {
    try await withDeliveries(zone: Self.twoHosts) { world in
      try await world.peer("banner-554")
      try await world.peer("good", "mx2.partner.example", at: Self.second)
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 2 close")
      #expect(log[1].hasPrefix("Connection Error: DCID 1 domain: partner.example"))
      #expect(log[1].contains("details: 554-"))
      #expect(log[2] == "DCID 1 close")
    }
  }

  @Test func whatCouldNotBeSentIsTriedAgainWhenTimeHasPassed() async throws {
    try await withDeliveries { world in
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "Connection Error: DCID 1")
      try await eventually("a second attempt is planned") {
        await world.scheduler.status(of: "partner.example").nextAttempt
          == .testMoment.addingTimeInterval(60)
      }
      #expect(await world.scheduler.status(of: "partner.example").state == .down)
      let peer = try await world.peer("good")
      await world.advance(seconds: 59)
      #expect(try await !world.logLines.contains { $0.contains("DCID 2") })
      // The timer itself counts from where the calendar stands now.
      await world.advance(seconds: 0.9)
      world.appliance.environment.calendar.offset += 0.1
      _ = try await world.log(with: "DCID 2 close")
      #expect(try peer.mailbox.messages().count == 1)
      #expect(await world.scheduler.status(of: "partner.example").state == .up)
    }
  }

  @Test func aContentThatCannotBeReadAtPresentWaits() async throws {
    try await withDeliveries(cachedBytes: 0) { world in
      let peer = try await world.peer("good")
      await world.scheduler.setSuspended(true)
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      // An error of SQLite that is no damage and goes away again.
      try await world.queue.write { try $0.run("ALTER TABLE content RENAME TO away", []) }
      await world.scheduler.setSuspended(false)
      let log = try await world.log(with: "DCID 1 close")
      #expect(log.contains { $0.hasPrefix("MID 1 cannot be delivered: ") })
      #expect(try await world.queue.waiting().first?.recipients.first?.attempts == 1)
      try await world.queue.write { try $0.run("ALTER TABLE away RENAME TO content", []) }
      await world.advance(seconds: 60)
      _ = try await world.log(with: "Message finished MID 1 done")
      #expect(try peer.mailbox.messages().count == 1)
    }
  }

  @Test func aPeersLaterIsLoggedAndTriedAgain() async throws {
    try await withDeliveries { world in
      let peer = try await world.peer("greylist")
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(
        log.contains {
          $0.hasPrefix(
            "Delayed: DCID 1 MID 1 From: <joe@example.com> To: <ann@partner.example> RID 0"
              + " - 4.1.0 - Unknown address error ('451', ['")
        })
      #expect(try await world.queue.waiting().first?.recipients.first?.attempts == 1)
      await world.advance(seconds: 60)
      _ = try await world.log(with: "Message finished MID 1 done")
      #expect(try peer.mailbox.messages().count == 1)
      #expect(await world.scheduler.status(of: "partner.example").softBounced == 1)
    }
  }

  @Test func whatWaitedTooLongBouncesWithTheLastTLSError() async throws {
    try await withDeliveries { world in
      try await world.peer("no-starttls")
      try await world.apply { $0.outbound.defaults.tls = .required }
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "DCID 1 close")
      try await eventually("an attempt") {
        try await world.queue.waiting().first?.recipients.first?.attempts == 1
      }
      await world.advance(seconds: 259_200)
      let log = try await world.log(with: "was generated for bounce of MID 1")
      #expect(
        log.contains(
          "Bounced: DCID 0 MID 1 From: <joe@example.com> To: <ann@partner.example> RID 0 - 5.4.7"
            + " - Delivery expired (message too old) ('000', ['STARTTLS command not supported'])"))
      let status = await world.scheduler.status(of: "partner.example")
      #expect(
        status.lastTLSError?.text
          == "mx1.partner.example (10.0.0.1): STARTTLS command not supported"
      )
      #expect(status.hardBounced == 1)
    }
  }

  @Test func aDomainThatDoesNotExistBouncesAtOnce() async throws {
    try await withDeliveries { world in
      try await world.apply()
      try await world.send(to: "ann@nowhere.example")
      let log = try await world.log(with: "was generated for bounce of MID 1")
      #expect(
        log.prefix(3) == [
          "Bounced: DCID 0 MID 1 From: <joe@example.com> To: <ann@nowhere.example> RID 0 - 5.1.2"
            + " - Bad destination host ('000', ['DNS Hard Error looking up nowhere.example (MX):"
            + "  NXDomain'])",
          "MID 1001 was generated for bounce of MID 1", "Message finished MID 1 done",
        ])
    }
  }

  @Test(arguments: [false, true])
  func aLossAfterTheFinalDotIsForPossibleDeliveryToJudge(isPossible: Bool) async throws {
    try await withDeliveries { world in
      let peer = try await world.peer("drop-after-data")
      try await world.apply { $0.delivery.possibleDelivery = isPossible }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(log.contains("Message done DCID 1 MID 1 to RID [0]") == isPossible)
      #expect(
        log.contains(
          "Delayed: DCID 1 MID 1 From: <joe@example.com> To: <ann@partner.example> RID 0 - 4.4.0"
            + " - Other network problem ('000', ['EOF'])") == !isPossible)
      #expect(try await world.queue.waiting().isEmpty == isPossible)
      #expect(try peer.mailbox.messages().count == 1)
    }
  }

  @Test func aCommitEndsTheUseOfConnectionsOpenedBefore() async throws {
    try await withDeliveries(limits: { $0.idleTime = .seconds(60) }) { world in
      try await world.peer("good")
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "Message finished MID 1 done")
      try await world.apply { $0.outbound.defaults.tls = .required }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "Message finished MID 2 done")
      #expect(log.contains("Delivery start DCID 2 MID 2 to RID [0]"))
      #expect(log.contains { $0.hasPrefix("DCID 2 TLS success") })
    }
  }

  @Test func aConnectionBeingMadeHoldsNoLaterConfigurationUp() async throws {
    try await withDeliveries(zone: Self.twoHosts) { world in
      try await world.peer("black-hole")
      let good = try await world.peer("good", "mx2.partner.example", at: Self.second)
      try await world.apply()
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "New SMTP DCID 1 interface 192.168.1.1 address 10.0.0.1")
      try await world.apply {
        $0.routes["partner.example"] = Route(hosts: [.init(host: "10.0.0.2")])
      }
      _ = try await world.log(with: "Message finished MID 1 done")
      #expect(try good.mailbox.messages().count == 1)
      // The first one waits for its banner still.
      #expect(try await !world.logLines.contains { $0.contains("DCID 1 close") })
    }
  }

  @Test func theNearestEntryRules() async throws {
    let zone = """
      deep.sub.partner.example. 60 IN MX 10 mx1.partner.example.
      mx1.partner.example.      60 IN A 10.0.0.1

      """
    try await withDeliveries(zone: zone) { world in
      try await world.peer("good")
      try await world.apply { configuration in
        var required = Destination()
        required.tls = .required
        configuration.destinations[".partner.example"] = required
        configuration.destinations["partner.example"] = Destination()
      }
      try await world.send(to: "ann@deep.sub.partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(log.contains { $0.hasPrefix("DCID 1 TLS success") })
    }
  }
}
