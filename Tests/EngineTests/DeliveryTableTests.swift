import Configuration
import PKI
import Peers
import TestSupport
import Testing
@testable import Mail

/// Every level of TLS against every way in which a peer may fail (G14, G15, G16).
@Suite struct DeliveryTableTests {
  /// What becomes of a message.
  enum Outcome {
    case clear, encrypted, waits
  }

  struct Case: CustomTestStringConvertible {
    let level: OutboundTLS
    let peer: String
    let outcome: Outcome
    /// What is logged between the connection and what becomes of the message.
    let lines: [String]
    /// Why, as the alert says it; nil for no alert.
    var alert: String?
    /// 16.0 speaks TLS 1.3.
    var release = Release.release14

    var testDescription: String { "\(level.rawValue) to \(peer), \(release.version)" }
  }

  private static let success =
    "DCID 1 TLS success protocol TLSv1.2 cipher ECDHE-ECDSA-AES256-GCM-SHA384"
  private static let required =
    "DCID 1 TLS was required but could not be successfully negotiated"
  private static let unsupported = "DCID 1 STARTTLS command not supported"
  private static let unexpected = "DCID 1 TLS failed: STARTTLS unexpected response"
  private static let mandatory: [OutboundTLS] = [
    .required, .requiredVerify, .requiredVerifyHosted,
  ]
  private static let strict: [OutboundTLS] = [.requiredVerify, .requiredVerifyHosted]

  private static func connectionError(_ details: String) -> String {
    "Connection Error: DCID 1 domain: partner.example IP: 10.0.0.1 port: 25 details: \(details)"
      + " interface: 192.168.1.1 reason: unexpected SMTP response"
  }

  /// No TLS before 220: the first two columns of the table.
  static let before220: [Case] =
    ["plain", "no-starttls", "starttls-first-line"].flatMap { peer in
      [
        Case(level: .off, peer: peer, outcome: .clear, lines: []),
        Case(level: .preferred, peer: peer, outcome: .clear, lines: [unsupported]),
        Case(level: .preferredVerify, peer: peer, outcome: .clear, lines: [unsupported]),
      ]
        + mandatory.map {
          Case(
            level: $0, peer: peer, outcome: .waits, lines: [unsupported, required],
            alert: "STARTTLS command not supported")
        }
    }
    + [
      ("starttls-454", "454-'TLS not available due to temporary reason'"),
      ("starttls-5xx", "554-'5.7.3 Unable to initialize security subsystem'"),
    ].flatMap { peer, details in
      [
        Case(level: .off, peer: peer, outcome: .clear, lines: []),
        Case(level: .preferred, peer: peer, outcome: .clear, lines: [unexpected]),
        Case(level: .preferredVerify, peer: peer, outcome: .clear, lines: [unexpected]),
      ]
        + mandatory.map {
          Case(
            level: $0, peer: peer, outcome: .waits, lines: [connectionError(details), unexpected],
            alert: "STARTTLS unexpected response")
        }
    }

  /// The handshake fails whatever the level: the third column.
  static let handshakes: [Case] = [
    ("handshake-abort", "(-1, 'Unexpected EOF')"),
    (
      "no-shared-cipher",
      "(336151568, 'error:14094410:SSL routines:SSL3_READ_BYTES:sslv3 alert handshake failure')"
    ),
    (
      "old-tls",
      "(336142602, 'error:1409210A:SSL routines:SSL3_GET_SERVER_HELLO:wrong ssl version')"
    ),
  ].flatMap { peer, reason in
    let failed = "DCID 1 TLS failed: \(reason)"
    return [
      Case(level: .off, peer: peer, outcome: .clear, lines: []),
      Case(level: .preferred, peer: peer, outcome: .waits, lines: [failed]),
      Case(level: .preferredVerify, peer: peer, outcome: .waits, lines: [failed]),
    ]
      + mandatory.map {
        Case(level: $0, peer: peer, outcome: .waits, lines: [failed, required], alert: reason)
      }
  }

  /// The peer does not like the appliance's certificate: with TLS 1.3 it says so when the handshake
  /// is over for this side, and the column is the same.
  static let refusedCertificates: [Case] = [
    (
      Release.release14, [],
      "(336151576, 'error:14094418:SSL routines:SSL3_READ_BYTES:tlsv1 alert unknown ca')"
    ),
    (
      .release16, ["DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384"],
      "(167773208, 'error:0A000418:SSL routines::tlsv1 alert unknown ca')"
    ),
  ].flatMap { release, first, reason in
    let failed = first + ["DCID 1 TLS failed: \(reason)"]
    return ([.preferred, .preferredVerify] + mandatory).map { level in
      let isMandatory = mandatory.contains(level)
      return Case(
        level: level, peer: "client-certificate-required", outcome: .waits,
        lines: failed + (isMandatory ? [required] : []), alert: isMandatory ? reason : nil,
        release: release)
    }
  }

  /// The chain or the name does not verify: the fourth column.
  static let verification: [Case] =
    [
      ("self-signed", "self-signed certificate"), ("expired", "certificate has expired"),
      ("not-yet-valid", "certificate is not yet valid"),
      ("missing-intermediate", "unable to get local issuer certificate"),
      ("expired-intermediate", "certificate has expired"),
    ].flatMap { peer, reason in
      unverified(peer, reason)
        + strict.map {
          Case(
            level: $0, peer: peer, outcome: .waits,
            lines: [
              "DCID 1 TLS failed: (336134278, 'error:14090086:SSL routines:"
                + "SSL3_GET_SERVER_CERTIFICATE:certificate verify failed')", required,
            ], alert: reason)
        }
    }
    + unverified("wrong-name", "hostname mismatch")
    + strict.map {
      Case(
        level: $0, peer: "wrong-name", outcome: .waits,
        lines: ["DCID 1 TLS failed: verify error: hostname mismatch", required],
        alert: "hostname mismatch")
    }

  /// Levels that do not mind.
  private static func unverified(_ peer: String, _ reason: String) -> [Case] {
    [
      Case(level: .off, peer: peer, outcome: .clear, lines: []),
      Case(level: .preferred, peer: peer, outcome: .encrypted, lines: [success]),
      Case(level: .required, peer: peer, outcome: .encrypted, lines: [success]),
      Case(
        level: .preferredVerify, peer: peer, outcome: .encrypted,
        lines: [success, "DCID 1 TLS unverified: \(reason)"]),
    ]
  }

  /// Nothing is wrong.
  static let good: [Case] = ["good", "duplicate-intermediate", "wrong-chain-order"].flatMap {
    peer in
    OutboundTLS.allCases.map { level in
      Case(
        level: level, peer: peer, outcome: level == .off ? .clear : .encrypted,
        lines: level == .off ? [] : [success])
    }
  }

  @Test(arguments: before220 + handshakes + refusedCertificates + verification + good)
  func eachLevelDoesAsTheTableSays(_ test: Case) async throws {
    try await withDeliveries(release: test.release) { world in
      let peer = try await world.peer(test.peer)
      try await world.apply { configuration in
        var entry = Destination()
        entry.tls = test.level
        configuration.destinations["partner.example"] = entry
        configuration.outbound.alertsOnRequiredTLSFailure = true
      }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      let isDelivered = test.outcome != .waits
      #expect(
        log == ["New SMTP DCID 1 interface 192.168.1.1 address 10.0.0.1 port 25"] + test.lines
          + (isDelivered ? Self.delivery : []) + ["DCID 1 close"])
      let received = try peer.mailbox.messages()
      #expect(received.count == (isDelivered ? 1 : 0))
      #expect(received.allSatisfy { ($0.encryption != nil) == (test.outcome == .encrypted) })
      try await eventually("an attempt's end") {
        let waiting = try await world.queue.waiting()
        return isDelivered
          ? waiting.isEmpty : waiting.first?.recipients.first?.attempts == 1
      }
      #expect(world.alerts.all.count == (test.alert == nil ? 0 : 1))
      if let alert = test.alert {
        let raised = try #require(world.alerts.all.first)
        #expect(raised.category == "System")
        #expect(raised.severity == "Warning")
        #expect(raised.text.contains("partner.example"))
        #expect(raised.text.contains("mx1.partner.example (10.0.0.1)"))
        #expect(raised.text.contains(alert))
      }
    }
  }

  /// A certificate and a key that do not belong together: this side's fault, told as any other.
  @Test(arguments: [(OutboundTLS.required, true), (.preferred, false)])
  func ownSettingsThatAllowNoTLS(level: OutboundTLS, isMandatory: Bool) async throws {
    let pool = try await CertificatePool.shared
    try await withDeliveries { world in
      let peer = try await world.peer("good")
      try await world.apply { configuration in
        var profile = try pool.profile("mixed.example", key: 0)
        profile.key = Secret(bytes: pool.p256Keys[1].pkcs8DER)
        configuration.certificates["mixed"] = profile
        configuration.outbound.certificate = "mixed"
        configuration.outbound.alertsOnRequiredTLSFailure = true
        configuration.outbound.defaults.tls = level
      }
      try await world.send(to: "ann@partner.example")
      let log = try await world.log(with: "DCID 1 close")
      #expect(
        log == [
          "New SMTP DCID 1 interface 192.168.1.1 address 10.0.0.1 port 25",
          "DCID 1 TLS failed: TLS cannot be set up",
        ] + (isMandatory ? [Self.required] : []) + ["DCID 1 close"])
      #expect(try peer.mailbox.messages().isEmpty)
      #expect(world.alerts.all.count == (isMandatory ? 1 : 0))
    }
  }

  private static let delivery = [
    "Delivery start DCID 1 MID 1 to RID [0]", "Message done DCID 1 MID 1 to RID [0]",
    "MID 1 RID [0] Response '2.0.0 Ok: queued as 000001.eml'", "Message finished MID 1 done",
  ]
}
