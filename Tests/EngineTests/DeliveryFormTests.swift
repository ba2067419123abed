import Addresses
import Configuration
import Foundation
import PKI
import Peers
import TestSupport
import Testing
@testable import Mail

/// Where connections come from, what they say of this side, and the forms of releases.
@Suite struct DeliveryFormTests {
  @Test func release11HasFormsOfItsOwn() async throws {
    try await withDeliveries(release: .release11) { world in
      try await world.peer("starttls-454")
      try await world.apply { $0.outbound.defaults.tls = .required }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(
        log[1]
          == "Connection Error: DCID 1 domain: partner.example IP:10.0.0.1 port: 25 details:"
          + " 454-'TLS not available due to temporary reason' interface: 192.168.1.1"
          + " reason: unexpected SMTP response")
    }
    try await withDeliveries(release: .release11) { world in
      try await world.peer("no-starttls")
      try await world.apply { $0.outbound.defaults.tls = .required }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(
        log[2] == "DCID 1 IP 10.0.0.1 TLS was required but could not be successfully negotiated")
    }
  }

  @Test func release16LogsOpenSSLsOwnWords() async throws {
    try await withDeliveries(release: .release16) { world in
      try await world.peer("expired")
      try await world.apply { $0.outbound.defaults.tls = .requiredVerify }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(
        log[1]
          == "DCID 1 TLS failed: (167772294, 'error:0A000086:SSL routines::"
          + "certificate verify failed')")
    }
  }

  @Test(arguments: [(Release.release11, false), (.release14, true), (.release16, true)])
  func theHostsNameIsToldInSNI(release: Release, isTold: Bool) async throws {
    try await withDeliveries(release: release) { world in
      let peer = try await ScriptedPeer.start(world.lab.map) { _, line in
        switch line {
        case "STARTTLS": .reply("220 go")
        case _ where line.hasPrefix("EHLO"): .reply("250-peer\r\n250 STARTTLS")
        default: nil
        }
      }
      try await world.apply { $0.outbound.defaults.tls = .preferred }
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "DCID 1 close")
      let name = peer.hellos.firstRange(of: Array("mx1.partner.example".utf8))
      #expect((name != nil) == isTold)
      try await peer.stop()
    }
  }

  /// G10, G11: the interface on the destination's subnet, else the gateway's; or the chosen one.
  @Test(arguments: [
    ("10.0.0.1", String?.none, "192.168.1.1", "data1.example.com"),
    ("192.168.42.7", nil, "192.168.42.42", "management.example.com"),
    ("10.0.0.1", "Management", "192.168.42.42", "management.example.com"),
  ])
  func connectionsComeFromTheRightInterface(
    host: String, chosen: String?, address: String, hostName: String
  ) async throws {
    let zone = """
      partner.example.     60 IN MX 10 mx1.partner.example.
      mx1.partner.example. 60 IN A \(host)

      """
    try await withDeliveries(zone: zone) { world in
      let peer = try await world.peer("good", at: #require(IPv4Address(host)))
      try await world.apply { configuration in
        configuration.delivery.interface = chosen
        configuration.interfaces["Data 1"]?.hostName = "data1.example.com"
        configuration.interfaces["Management"]?.hostName = "management.example.com"
      }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(log[0] == "New SMTP DCID 1 interface \(address) address \(host) port 25")
      let received = try #require(try peer.mailbox.messages().first)
      #expect(received.client == address)
      #expect(received.helo == hostName)
    }
  }

  @Test func theCertificateOfSetupIsPresented() async throws {
    try await withDeliveries { world in
      let peer = try await world.peer("client-certificate-required")
      let authority = try await world.lab.authority.open(at: .testMoment)
      let key = try await world.lab.authority.key(of: "mail.example.com")
      let own = try authority.certify(.host("mail.example.com", at: .testMoment), key: key)
      try await world.apply { configuration in
        var profile = try #require(configuration.certificates[CertificateProfile.demoName])
        profile.certificate = own
        profile.key = Secret(bytes: key.pkcs8DER)
        profile.intermediates = [authority.newIntermediate.certificate]
        configuration.certificates["Outbound"] = profile
        configuration.outbound.certificate = "Outbound"
        configuration.outbound.defaults.tls = .required
      }
      try await world.send(to: "ann@partner.example")
      _ = try await world.log(with: "Message finished MID 1 done")
      let received = try #require(try peer.mailbox.messages().first)
      #expect(received.encryption?.clientSubject?.contains("mail.example.com") == true)
    }
  }

  @Test func anAlertPassesRoutesAndControlsBy() async throws {
    try await withDeliveries { world in
      let peer = try await world.peer("no-starttls")
      try await world.apply { configuration in
        configuration.outbound.defaults.tls = .required
        configuration.routes["partner.example"] = Route(hosts: [.init(host: "10.0.0.9")])
      }
      try await world.send(to: "ann@partner.example", isAlert: true)
      _ = try await world.log(with: "Message finished MID 1 done")
      #expect(try peer.mailbox.messages().count == 1)
    }
  }

  @Test func anAlertToTheAppliancesOwnDomainFollowsTheRoute() async throws {
    let zone = """
      example.com.      60 IN MX 10 mail.example.com.
      mail.example.com. 60 IN A 192.168.1.1

      """
    try await withDeliveries(zone: zone) { world in
      let address = IPv4Address(bits: 0xC0A8_0132)
      let store = try await world.lab.startInsideStore("store.example.com", at: address)
      try await world.apply()
      try await world.send(to: "admin@example.com", isAlert: true)
      _ = try await world.log(with: "Message finished MID 1 done")
      #expect(try store.mailbox.messages().count == 1)
      await store.stop()
    }
  }
}
