import Addresses
import Foundation
import NIOCore
import PKI
import Peers
import Resolver
import SMTP
import TLS
import TestSupport
import Testing
import Transport

/// The sender against peers and against Postfix's own sink.
@Suite struct PeerSenderTests {
  /// A demand, a behaviour, and what becomes of a message between the two.
  struct Case: CustomTestStringConvertible, Sendable {
    let demand: SenderTLS.Demand
    let behaviour: String
    let outcome: String
    var testDescription: String { "\(demand) to \(behaviour)" }
  }

  private static let kept = "Accepted: 250 2.0.0 Ok: queued as 000001.eml"
  private static let hidden = "Failed: The server does not offer STARTTLS."

  static let cases = [
    Case(demand: .none, behaviour: "good", outcome: kept),
    Case(demand: .none, behaviour: "handshake-abort", outcome: kept),
    Case(demand: .opportunistic, behaviour: "plain", outcome: kept),
    Case(demand: .opportunistic, behaviour: "starttls-454", outcome: kept),
    Case(demand: .opportunistic, behaviour: "self-signed", outcome: kept),
    Case(
      demand: .opportunistic, behaviour: "handshake-abort",
      outcome: "Failed: TLS failed: unexpected eof while reading."),
    Case(demand: .required, behaviour: "self-signed", outcome: kept),
    Case(demand: .required, behaviour: "old-tls", outcome: kept),
    Case(demand: .required, behaviour: "slow", outcome: kept),
    Case(demand: .required, behaviour: "plain", outcome: hidden),
    Case(demand: .required, behaviour: "starttls-first-line", outcome: hidden),
    Case(
      demand: .required, behaviour: "starttls-454",
      outcome: "Refused: 454 TLS not available due to temporary reason"),
    Case(
      demand: .required, behaviour: "no-shared-cipher",
      outcome: "Failed: TLS failed: error:0A000410:SSL routines::sslv3 alert handshake failure."),
    Case(
      demand: .required, behaviour: "banner-554",
      outcome: "Refused: 554 mx1.partner.example No SMTP service here"),
    Case(demand: .verify, behaviour: "good", outcome: kept),
    Case(demand: .verify, behaviour: "wrong-chain-order", outcome: kept),
    Case(demand: .verify, behaviour: "duplicate-intermediate", outcome: kept),
    Case(
      demand: .verify, behaviour: "expired",
      outcome: "Failed: TLS failed: certificate has expired."),
    Case(
      demand: .verify, behaviour: "self-signed",
      outcome: "Failed: TLS failed: self-signed certificate."),
    Case(
      demand: .verify, behaviour: "missing-intermediate",
      outcome: "Failed: TLS failed: unable to get local issuer certificate."),
    Case(
      demand: .verify, behaviour: "wrong-name",
      outcome: "Failed: The server's certificate does not verify: hostname mismatch."),
    Case(
      demand: .opportunistic, behaviour: "drop-after-data",
      outcome: "Failed: The server ended the connection."),
    Case(
      demand: .opportunistic, behaviour: "greylist",
      outcome: "Refused: 451 4.7.1 Greylisted, try again later"),
    Case(
      demand: .none, behaviour: "reset",
      outcome: "Failed: The connection broke: Connection reset by peer."),
    Case(
      demand: .none, behaviour: "half-close", outcome: "Failed: The server ended the connection."),
  ]

  private let world: PeerWorld

  init() throws { world = try PeerWorld() }

  private func send(
    _ demand: SenderTLS.Demand, to port: Int = 25, ciphers: String? = nil,
    versions: ClosedRange<ProtocolVersion> = .tls10 ... .tls13, identity: TLSIdentity? = nil,
    patience: Duration = .seconds(60)
  ) async throws -> PeerSender.Delivery {
    let authority = try await world.lab.authority.open(at: Date())
    var sender = PeerSender(
      source: IPv4Address("10.0.0.9"), helo: "sender.example",
      tls: SenderTLS(
        demand: demand, versions: versions, ciphers: ciphers, identity: identity,
        authorities: [authority.root.certificate], serverName: PeerWorld.host))
    sender.patience = patience
    return try await sender.send(
      SentMessage(
        sender: "joe@example.com", recipients: ["eve@partner.example", "bob@partner.example"],
        subject: "hello", body: ".a dot\nbye", host: "sender.example", at: .testMoment),
      to: world.address, port: port,
      over: world.lab.dialer)
  }

  @Test("What a demand makes of a behaviour", arguments: cases)
  func outcome(_ wanted: Case) async throws {
    var behaviour = try behaviour(wanted.behaviour)
    if case .delayed = behaviour.pace { behaviour.pace = .delayed(.milliseconds(10)) }
    try await world.withPeer(behaviour) { peer in
      let delivery = try await send(wanted.demand)
      #expect(delivery.outcome.description == wanted.outcome, "\(delivery.conversation)")
      // Whoever was told that it was taken finds it in the mailbox.
      let isKept = wanted.outcome == Self.kept || wanted.behaviour == "drop-after-data"
      #expect(try peer.mailbox.messages().count == (isKept ? 1 : 0))
    }
  }

  @Test func theConversationIsWrittenDown() async throws {
    try await world.withPeer("good") { _ in
      let delivery = try await send(.verify, versions: .tls13 ... .tls13)
      var lines = delivery.conversation
      let header = lines.firstIndex { $0.hasPrefix("~~> Message-ID: <") }
      if let header { lines[header] = "~~> Message-ID: …" }
      let said = """
        === Connecting to 10.0.0.1 port 25 from 10.0.0.9
        <-- 220 mx1.partner.example ESMTP
        --> EHLO sender.example
        <-- 250-mx1.partner.example
        <-- 250-SIZE 52428800
        <-- 250-8BITMIME
        <-- 250 STARTTLS
        --> STARTTLS
        <-- 220 2.0.0 Ready to start TLS
        === TLS TLSv1.3 cipher TLS_AES_256_GCM_SHA384
        === Certificate 1 of 2: O=Lab,CN=mx1.partner.example
        === Certificate 2 of 2: C=US,O=Lab Trust,CN=Lab Issuing CA 2
        ~~> EHLO sender.example
        <~~ 250-mx1.partner.example
        <~~ 250-SIZE 52428800
        <~~ 250 8BITMIME
        ~~> MAIL FROM:<joe@example.com> SIZE=221
        <~~ 250 2.1.0 Ok
        ~~> RCPT TO:<eve@partner.example>
        <~~ 250 2.1.5 Ok
        ~~> RCPT TO:<bob@partner.example>
        <~~ 250 2.1.5 Ok
        ~~> DATA
        <~~ 354 End data with <CR><LF>.<CR><LF>
        ~~> From: joe@example.com
        ~~> To: eve@partner.example, bob@partner.example
        ~~> Subject: hello
        ~~> Date: Tue, 24 Nov 2026 18:00:12 +0000
        ~~> Message-ID: …
        ~~>
        ~~> ..a dot
        ~~> bye
        ~~> .
        <~~ 250 2.0.0 Ok: queued as 000001.eml
        ~~> QUIT
        <~~ 221 2.0.0 mx1.partner.example closing connection
        === Accepted: 250 2.0.0 Ok: queued as 000001.eml
        """
      let isSize = try Regex("SIZE=\\d+")
      #expect(
        lines.map { $0.hasPrefix("~~> MAIL") ? $0.replacing(isSize, with: "SIZE=221") : $0 }
          == said.components(separatedBy: "\n"))
    }
  }

  @Test func theMailboxTellsOfBothSides() async throws {
    let authority = try await world.lab.authority.open(at: Date())
    let key = try await PrivateKey.generate(.p256)
    let identity = TLSIdentity(
      certificate: try authority.certify(.host("sender.example", at: Date()), key: key),
      intermediates: [authority.newIntermediate.certificate], key: key)
    let message = try await world.withPeer("client-certificate-required") { peer in
      let without = try await send(.required, versions: .tls12 ... .tls12)
      #expect(
        without.outcome
          == .failed(
            "TLS failed: error:0A000410:SSL routines::sslv3 alert handshake failure."))
      let with = try await send(
        .required, ciphers: "ECDHE-ECDSA-AES128-SHA", versions: .tls12 ... .tls12,
        identity: identity)
      #expect(with.outcome == .accepted(Reply(250, "2.0.0 Ok: queued as 000001.eml")))
      return try #require(try peer.mailbox.messages().first)
    }
    #expect(message.client == "10.0.0.9")
    #expect(message.helo == "sender.example")
    #expect(
      message.encryption
        == ReceivedMessage.Encryption(
          protocolName: "TLSv1.2", cipher: "ECDHE-ECDSA-AES128-SHA",
          clientSubject: "O=Lab,CN=sender.example",
          clientSHA256: identity.certificate.sha256))
    #expect(message.recipients == ["<eve@partner.example>", "<bob@partner.example>"])
    #expect(String(decoding: message.content, as: UTF8.self).hasSuffix("\r\n\r\n.a dot\r\nbye\r\n"))
  }

  @Test func whereNobodyListensThereIsNoConnection() async throws {
    #expect(try await send(.none).outcome == .failed("No connection: Connection refused."))
  }

  @Test func aSilentServerIsLeft() async throws {
    try await world.withPeer("black-hole") { _ in
      let delivery = try await send(.none, patience: .milliseconds(200))
      #expect(delivery.outcome == .failed("The server is silent."))
    }
  }

  @Test("Only whole lines are signs of life", arguments: ["220-", "x"])
  func aServerThatEndsNoLineIsLeft(_ text: String) async throws {
    let server = try await Chatterer.start(
      at: world.lab.map.endpoint(of: world.address, port: 25), saying: text)
    let delivery = try await send(.none, patience: .milliseconds(500))
    #expect(delivery.outcome == .failed("The server does not end its line."))
    try await server.close()
  }

  @Test func aLineWithoutMeasureIsNotKept() async throws {
    let server = try await Chatterer.start(
      at: world.lab.map.endpoint(of: world.address, port: 25),
      saying: String(repeating: "x", count: 3000) + "\r\n")
    let delivery = try await send(.none)
    #expect(delivery.conversation.contains("<-- (a line of more than 2048 bytes)"))
    #expect(
      delivery.outcome == .failed("The server's words make no sense: line too long."))
    try await server.close()
  }

  @Test func whoVerifiesNeedsAnAuthority() async throws {
    let sender = PeerSender(helo: "sender.example", tls: SenderTLS(demand: .verify))
    await #expect(
      throws: PeerError("A sender that verifies needs authorities and the server's name.")
    ) {
      try await sender.send(
        SentMessage(sender: "", recipients: ["a@b"], content: []), to: world.address, port: 25,
        over: world.lab.dialer)
    }
  }
}
