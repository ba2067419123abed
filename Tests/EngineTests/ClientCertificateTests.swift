import Configuration
import Control
import Engine
import PKI
import TLS
import TestSupport
import Testing

@Suite struct ClientCertificateTests {
  /// A client's certificate: none, one that the appliance trusts, one that it does not.
  enum Shown: CaseIterable {
    case none, trusted, unknown
  }

  @Test(arguments: [
    (InboundTLS.preferredVerify, Shown.none, true), (.preferredVerify, .trusted, true),
    (.preferredVerify, .unknown, false), (.requiredVerify, .none, false),
    (.requiredVerify, .trusted, true), (.requiredVerify, .unknown, false),
    (.preferred, .unknown, true), (.required, .unknown, true),
  ])
  func levelDecides(level: InboundTLS, shown: Shown, isTaken: Bool) async throws {
    let pool = try await CertificatePool.shared
    let trusted = try pool.certificate("trusted.example", key: pool.p256Keys[2])
    let unknown = try pool.certificate("unknown.example", key: pool.p256Keys[3])
    let identity: TLSIdentity? =
      switch shown {
      case .none: nil
      case .trusted: TLSIdentity(certificate: trusted, intermediates: [], key: pool.p256Keys[2])
      case .unknown: TLSIdentity(certificate: unknown, intermediates: [], key: pool.p256Keys[3])
      }
    try await withWorld { configuration in
      configuration.tls = level
      configuration.authorities[trusted.sha256] = CertificateAuthority(certificate: trusted)
      configuration.authorityLists.isCustomEnabled = true
      configuration.authorityLists.isSystemEnabled = false
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      do {
        try await client.startTLS(.client(identity: identity))
        _ = try await client.command("NOOP")
        #expect(isTaken)
        _ = try await client.command("QUIT")
      } catch {
        #expect(!isTaken, "\(error)")
      }
      let log = try await world.log(closes: 1)
      #expect(log.contains { $0.hasPrefix("ICID 1 TLS success") } == isTaken, "\(log)")
      if !isTaken {
        let reason =
          shown == .none
          ? "(336105671, 'error:140890C7:SSL routines:SSL3_GET_CLIENT_CERTIFICATE:peer did not"
            + " return a certificate')"
          : "(336105606, 'error:14089086:SSL routines:SSL3_GET_CLIENT_CERTIFICATE:certificate"
            + " verify failed')"
        #expect(log.contains("ICID 1 TLS failed: \(reason)"), "\(log)")
      }
    }
  }

  @Test func aListThatIsNotEnabledTrustsNobody() async throws {
    let pool = try await CertificatePool.shared
    let certificate = try pool.certificate("trusted.example", key: pool.p256Keys[2])
    try await withWorld { configuration in
      configuration.tls = .requiredVerify
      configuration.authorities[certificate.sha256] = CertificateAuthority(
        certificate: certificate)
      configuration.authorityLists.isSystemEnabled = false
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      let identity = TLSIdentity(
        certificate: certificate, intermediates: [], key: pool.p256Keys[2])
      await #expect(throws: (any Error).self) {
        try await client.startTLS(.client(identity: identity))
        _ = try await client.command("NOOP")
      }
    }
  }
}
