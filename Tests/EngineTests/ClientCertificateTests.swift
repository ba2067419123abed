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
    let log = try await log(of: level, shown, isTaken: isTaken)
    guard !isTaken else { return }
    let reason =
      shown == .none
      ? "(336105671, 'error:140890C7:SSL routines:SSL3_GET_CLIENT_CERTIFICATE:peer did not"
        + " return a certificate')"
      : "(336105606, 'error:14089086:SSL routines:SSL3_GET_CLIENT_CERTIFICATE:certificate"
        + " verify failed')"
    #expect(
      log.suffix(3) == ["ICID 1 TLS failed: \(reason)", "ICID 1 lost", "ICID 1 close"], "\(log)")
  }

  /// A client of TLS 1.3 has its own handshake done before it is judged: it learns of it at its
  /// next read.
  @Test(arguments: [
    (InboundTLS.preferredVerify, Shown.none, true), (.preferredVerify, .trusted, true),
    (.preferredVerify, .unknown, false), (.requiredVerify, .none, false),
    (.requiredVerify, .trusted, true), (.requiredVerify, .unknown, false),
  ])
  func levelDecidesInTLS13(level: InboundTLS, shown: Shown, isTaken: Bool) async throws {
    let log = try await log(of: level, shown, isTaken: isTaken, release: .release16)
    guard !isTaken else {
      #expect(log.contains { $0.hasPrefix("ICID 1 TLS success protocol TLSv1.3 ") }, "\(log)")
      return
    }
    let reason =
      shown == .none
      ? "(167772359, 'error:0A0000C7:SSL routines::peer did not return a certificate')"
      : "(167772294, 'error:0A000086:SSL routines::certificate verify failed')"
    #expect(
      log.suffix(3) == ["ICID 1 TLS failed: \(reason)", "ICID 1 lost", "ICID 1 close"], "\(log)")
  }

  /// What the log says of a client at a level of the listener.
  private func log(
    of level: InboundTLS, _ shown: Shown, isTaken: Bool, release: Release = .release14
  ) async throws -> [String] {
    let pool = try await CertificatePool.shared
    let trusted = try pool.certificate("trusted.example", key: pool.p256Keys[2])
    let unknown = try pool.certificate("unknown.example", key: pool.p256Keys[3])
    let identity: TLSIdentity? =
      switch shown {
      case .none: nil
      case .trusted: TLSIdentity(certificate: trusted, intermediates: [], key: pool.p256Keys[2])
      case .unknown: TLSIdentity(certificate: unknown, intermediates: [], key: pool.p256Keys[3])
      }
    var lines: [String] = []
    try await withWorld(release: release) { configuration in
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
      lines = try await world.log(closes: 1)
    }
    #expect(lines.contains { $0.hasPrefix("ICID 1 TLS success") } == isTaken, "\(lines)")
    return lines
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
