import Configuration
import Foundation
import Peers
import Resolver
import TestSupport
import Testing
@testable import Mail

/// DANE towards a domain, over its own level (RFC 7672).
@Suite struct DeliveryDANETests {
  private static let success =
    "DCID 1 TLS success protocol TLSv1.2 cipher ECDHE-ECDSA-AES256-GCM-SHA384"
  private static let required =
    "DCID 1 TLS was required but could not be successfully negotiated"
  private static let connection =
    "New SMTP DCID 1 interface 192.168.1.1 address 10.0.0.1 port 25"

  /// What stands in the DNS beside the names of the host.
  enum Records {
    /// The record that the peer's key makes true.
    case secure
    /// The same, in a domain that signs nothing.
    case insecure
    /// A record of a usage that SMTP does not know.
    case unusable
    /// A record that its owner did not sign so.
    case bogus
  }

  /// Plays one message and returns the log, and what was delivered.
  private func deliver(
    to behaviour: String, _ records: Records, _ dane: DANESupport, _ level: OutboundTLS = .off,
    route: Bool = false
  ) async throws -> (log: [String], received: [ReceivedMessage], alerts: [String]) {
    var result: (log: [String], received: [ReceivedMessage], alerts: [String])?
    try await withDeliveries { world in
      let peer = try await world.peer(behaviour)
      try world.use(zone: try Self.zone(world, records))
      try await world.apply { configuration in
        var entry = Destination()
        entry.tls = level
        entry.dane = dane
        configuration.destinations["partner.example"] = entry
        configuration.outbound.alertsOnRequiredTLSFailure = true
        if route {
          configuration.routes["partner.example"] = Route(
            hosts: [.init(host: "mx1.partner.example")])
        }
      }
      try await world.send(to: "ann@partner.example")
      try await eventually("an end") {
        let waiting = try await world.queue.waiting()
        return waiting.isEmpty || waiting[0].recipients[0].attempts == 1
      }
      if try await world.logLines.contains(Self.connection) {
        _ = try await world.log(with: "DCID 1 close")
      }
      result = (
        try await world.logLines.filter { $0 != Self.connection && $0 != "DCID 1 close" },
        try peer.mailbox.messages(), world.alerts.all.map(\.text)
      )
    }
    return try #require(result)
  }

  private static func zone(_ world: DeliveryWorld, _ records: Records) throws -> String {
    let state = records == .insecure ? "insecure" : "secure"
    let line = try String(
      contentsOfFile: world.lab.recordFile(of: "mx1.partner.example"), encoding: .utf8
    ).trimmingCharacters(in: .newlines).replacing("IN TLSA", with: "60 IN TLSA")
    let record =
      switch records {
      case .secure: line
      case .insecure: line.replacing("dnssec=secure", with: "dnssec=insecure")
      case .unusable: line.replacing("TLSA 3 1 1", with: "TLSA 1 1 1")
      case .bogus: line.replacing("dnssec=secure", with: "dnssec=bogus")
      }
    return """
      partner.example.       60 IN MX 10 mx1.partner.example. ; dnssec=\(state)
      mx1.partner.example.   60 IN A 10.0.0.1 ; dnssec=\(state)
      \(record)

      """
  }

  private func isDelivery(_ line: String) -> Bool {
    ["Delivery start", "Message done", "MID 1", "Message finished"].contains {
      line.hasPrefix($0)
    }
  }

  @Test(arguments: [DANESupport.opportunistic, .mandatory])
  func theRightKeyIsEnough(dane: DANESupport) async throws {
    let (log, received, alerts) = try await deliver(to: "dane-good", .secure, dane)
    #expect(
      log.filter { !isDelivery($0) } == [Self.success, "DCID 1 DANE success for partner.example"])
    #expect(received.first?.encryption != nil)
    #expect(alerts.isEmpty)
  }

  @Test func datesAndNamesDoNotCountForTheKeyItself() async throws {
    for behaviour in ["expired", "wrong-name", "self-signed"] {
      let (log, received, _) = try await deliver(to: behaviour, .secure, .mandatory)
      #expect(log.contains("DCID 1 DANE success for partner.example"))
      #expect(received.count == 1)
    }
  }

  @Test(arguments: [DANESupport.opportunistic, .mandatory])
  func anotherKeyKeepsMailBack(dane: DANESupport) async throws {
    let (log, received, alerts) = try await deliver(to: "dane-bad", .secure, dane)
    #expect(
      log == [
        "DCID 1 TLS failed: (336134278, 'error:14090086:SSL routines:SSL3_GET_SERVER_CERTIFICATE:"
          + "certificate verify failed')",
        "DCID 1 DANE failed for partner.example: no matching DANE TLSA records", Self.required,
      ])
    #expect(received.isEmpty)
    #expect(alerts.count == 1)
  }

  @Test func aDomainThatPromisedTLSIsNeverSentClearText() async throws {
    let (log, received, alerts) = try await deliver(to: "no-starttls", .secure, .opportunistic)
    #expect(
      log == [
        "DCID 1 STARTTLS command not supported",
        "DCID 1 DANE failed for partner.example: STARTTLS command not supported", Self.required,
      ])
    #expect(received.isEmpty)
    #expect(alerts.count == 1)
  }

  @Test func withoutSecureRecordsTheOwnLevelRules() async throws {
    let clear = try await deliver(to: "good", .insecure, .opportunistic)
    #expect(clear.log.filter { !isDelivery($0) }.isEmpty)
    #expect(clear.received.count == 1)
    let required = try await deliver(to: "no-starttls", .insecure, .opportunistic, .required)
    #expect(required.log == ["DCID 1 STARTTLS command not supported", Self.required])
    #expect(required.received.isEmpty)
  }

  @Test func mandatoryDANENeedsSecureRecords() async throws {
    let (log, received, alerts) = try await deliver(to: "good", .insecure, .mandatory)
    #expect(
      log == ["DCID 0 DANE failed for partner.example: there are no secure TLSA records"])
    #expect(received.isEmpty)
    #expect(alerts.count == 1)
  }

  @Test func unusableRecordsMeanEncryptionAlone() async throws {
    let (log, received, _) = try await deliver(to: "self-signed", .unusable, .opportunistic)
    #expect(log.filter { !isDelivery($0) } == [Self.success])
    #expect(received.first?.encryption != nil)
    let clear = try await deliver(to: "no-starttls", .unusable, .opportunistic)
    #expect(clear.received.isEmpty)
    let mandatory = try await deliver(to: "good", .unusable, .mandatory)
    #expect(
      mandatory.log == ["DCID 0 DANE failed for partner.example: no TLSA record is usable"])
  }

  @Test func bogusRecordsKeepTheHostFromBeingUsed() async throws {
    let (log, received, _) = try await deliver(to: "good", .bogus, .opportunistic)
    #expect(log.count == 1)
    #expect(log.first?.hasPrefix("DCID 0 DANE failed for partner.example: ") == true)
    #expect(log.first?.contains("bogus") == true)
    #expect(received.isEmpty)
  }

  @Test func anSMTPRouteLeavesDANEAside() async throws {
    let (log, received, _) = try await deliver(to: "dane-bad", .secure, .mandatory, route: true)
    #expect(log.filter { !isDelivery($0) }.isEmpty)
    #expect(received.count == 1)
  }
}
