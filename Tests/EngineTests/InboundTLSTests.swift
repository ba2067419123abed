import Configuration
import Control
import Engine
import Foundation
import PKI
import TLS
import TestSupport
import Testing

@Suite struct InboundTLSTests {
  @Test func twoGroupsOneWithTLSAndOneWithout() async throws {
    try await withWorld { configuration in
      configuration.addGroup("PARTNER", ["mx1.partner.example"], tls: .preferred)
    } _: { world in
      let partner = try await world.connect(from: "0.1")
      _ = try await partner.reply()
      #expect(try await partner.command("EHLO a").hasSuffix("250 STARTTLS\r\n"))
      try await partner.startTLS(.client(.tls12, .tls12))
      #expect(try await !partner.command("EHLO a").contains("STARTTLS"))
      _ = try await partner.command("QUIT")
      let stranger = try await world.connect()
      _ = try await stranger.reply()
      #expect(try await !stranger.command("EHLO a").contains("STARTTLS"))
      #expect(
        try await stranger.command("STARTTLS") == "500 #5.5.1 command not recognized\r\n")
      _ = try await stranger.command("QUIT")
      let log = try await world.log(closes: 2)
      #expect(
        log.prefix(4).suffix(3) == [
          "ICID 1 ACCEPT SG PARTNER match mx1.partner.example SBRS rfc1918",
          "ICID 1 TLS success protocol TLSv1.2 cipher ECDHE-RSA-AES256-GCM-SHA384",
          "ICID 1 close",
        ])
      #expect(!log.contains { $0.hasPrefix("ICID 2 TLS") })
    }
  }

  @Test func anOutsideClientSeesTheChainAsStored() async throws {
    let pool = try await CertificatePool.shared
    let profile = try pool.profile("chain.example.com", intermediates: 2)
    try await withWorld { configuration in
      var profile = profile
      // A duplicate, as a renewal leaves it (G9).
      profile.intermediates.append(profile.intermediates[0])
      configuration.certificates["own"] = profile
      configuration.listeners["IncomingMail"]?.certificate = "own"
      configuration.tls = .preferred
    } _: { world in
      let service = try await world.service(.smtp, "IncomingMail")
      let result = try await OpenSSLCommand.client([
        "-connect", "\(service.host):\(service.port)", "-starttls", "smtp", "-showcerts",
        "-bind", "\(world.source("0.9")):0", "-crlf",
      ])
      #expect(result.output.contains("subject=O = Lab, CN = chain.example.com"))
      let sent = result.output.components(separatedBy: "-----BEGIN CERTIFICATE-----").count - 1
      // s_client shows the server's own certificate with the others.
      #expect(sent == 4)
      #expect(
        try await world.log(closes: 1).contains {
          $0.hasPrefix("ICID 1 TLS success protocol TLSv1.2 cipher ECDHE-ECDSA-")
        })
    }
  }

  @Test func requiredTLSComesFirst() async throws {
    try await withWorld {
      $0.tls = .required
    } _: { world in
      let refusal = "530 #5.7.0 Must issue a STARTTLS command first\r\n"
      let client = try await world.connect()
      _ = try await client.reply()
      #expect(try await client.command("MAIL FROM:<a@b>") == refusal)
      #expect(try await client.command("QUIT") == "221 mail.example.com\r\n")
      #expect(
        try await world.log(closes: 1).suffix(2) == [
          "ICID 1 TLS was required but remote host did not initiate it", "ICID 1 close",
        ])
      let second = try await world.connect()
      _ = try await second.reply()
      try await second.startTLS(.client())
      #expect(try await second.command("MAIL FROM:<a@b>") != refusal)
      _ = try await second.command("QUIT")
      #expect(try await !world.log(closes: 2).contains { $0.hasPrefix("ICID 2 TLS was") })
    }
  }

  @Test func injectedCommandsAreNotAnswered() async throws {
    try await withWorld {
      $0.tls = .preferred
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      try await client.send("STARTTLS\r\nRSET\r\nMAIL FROM:<evil@example.com>\r\n")
      #expect(try await client.reply() == "220 Go ahead with TLS\r\n")
      try await client.shakeHands(.client())
      #expect(try await client.command("NOOP") == "250 ok\r\n")
      #expect(try await client.command("QUIT") == "221 mail.example.com\r\n")
      #expect(try await client.rest().isEmpty)
    }
  }

  @Test func aSecondStartIsAnError() async throws {
    try await withWorld {
      $0.tls = .preferred
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      try await client.startTLS(.client())
      #expect(try await client.command("STARTTLS") == "503 #5.5.1 TLS already active\r\n")
    }
  }

  @Test(arguments: [
    (TLSVersion.tls10, TLSVersion.tls10, ["-tls1"], true),
    (.tls10, .tls11, ["-tls1_2"], false),
    (.tls12, .tls12, ["-tls1_1"], false),
    (.tls12, .tls12, ["-tls1_2"], true),
    (.tls11, .tls12, ["-tls1_3"], false),
    (.tls12, .tls13, ["-tls1_3"], true),
  ])
  func versionsOfSSLConfigAreObeyed(
    minimum: TLSVersion, maximum: TLSVersion, client: [String], isServed: Bool
  ) async throws {
    try await withWorld(release: .release16) { configuration in
      configuration.tls = .preferred
      configuration.ssl.inbound.minimum = minimum
      configuration.ssl.inbound.maximum = maximum
    } _: { world in
      let service = try await world.service(.smtp, "IncomingMail")
      let result = try await OpenSSLCommand.client(
        [
          "-connect", "\(service.host):\(service.port)", "-starttls", "smtp",
          "-bind", "\(world.source("0.9")):0", "-cipher", "DEFAULT@SECLEVEL=0", "-crlf",
        ] + client)
      #expect((result.status == 0) == isServed, "\(result.output)")
      let log = try await world.log(closes: 1)
      #expect(log.contains { $0.hasPrefix("ICID 1 TLS success") } == isServed, "\(log)")
      #expect(log.contains { $0.hasPrefix("ICID 1 TLS failed") } != isServed, "\(log)")
    }
  }

  @Test func ciphersOfSSLConfigAreObeyed() async throws {
    try await withWorld { configuration in
      configuration.tls = .preferred
      configuration.ssl.inbound.ciphers = "AES128-SHA"
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      try await client.startTLS(.client())
      _ = try await client.command("QUIT")
      #expect(
        try await world.log(closes: 1).contains(
          "ICID 1 TLS success protocol TLSv1.2 cipher AES128-SHA"))
    }
  }
}
