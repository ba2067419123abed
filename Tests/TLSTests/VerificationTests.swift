import FoundationEssentials
import PKI
import TLS
import Testing

@Suite struct VerificationTests {
  /// What a server with a client list does when a client comes.
  private func pair(
    _ verification: PeerVerification, client: TLSIdentity?, trusts: [Certificate],
    version: ProtocolVersion = .tls12, days: Double = 1
  ) async throws -> TLSPair {
    var pair = try TLSPair(
      client: .client(version, version, identity: client),
      server: await .server(verification: verification, anchors: TrustAnchors(trusts)),
      at: Identities.start.addingTimeInterval(days * 86_400))
    pair.shakeHands()
    return pair
  }

  @Test(arguments: [ProtocolVersion.tls12, .tls13])
  func aTrustedClientIsTaken(version: ProtocolVersion) async throws {
    let client = try await Identities.client.value
    let pair = try await pair(
      .required, client: client, trusts: [client.certificate], version: version)
    #expect(pair.isComplete)
    #expect(pair.server.peerCertificates.all == [client.certificate])
    #expect(pair.server.verification == .verified)
    #expect(pair.server.verifiedCertificates.all == [client.certificate])
  }

  @Test(arguments: [PeerVerification.required, .ifPresented])
  func anUnknownClientIsRefused(verification: PeerVerification) async throws {
    let client = try await Identities.client.value
    let other = try await Identities.other.value
    let pair = try await pair(verification, client: client, trusts: [other.certificate])
    #expect(pair.failure?.reason == .certificateVerifyFailed)
    #expect(pair.failure?.verification?.reason == "self-signed certificate")
  }

  @Test func anExpiredClientIsRefusedByTheCalendar() async throws {
    let client = try await Identities.client.value
    let pair = try await pair(
      .required, client: client, trusts: [client.certificate], days: 31)
    #expect(pair.failure?.reason == .certificateVerifyFailed)
    #expect(pair.failure?.verification?.reason == "certificate has expired")
    #expect(TLSPair.failure(pair.clientState)?.reason?.receivedAlert == 45)
  }

  @Test func aClientWithoutCertificate() async throws {
    let required = try await pair(.required, client: nil, trusts: [])
    #expect(required.failure?.reason == .peerDidNotReturnACertificate)
    let optional = try await pair(.ifPresented, client: nil, trusts: [])
    #expect(optional.isComplete)
    #expect(optional.server.peerCertificates.all.isEmpty)
  }

  @Test func aClientIsNotAskedWithoutNeed() async throws {
    let client = try await Identities.client.value
    let pair = try await pair(.none, client: client, trusts: [])
    #expect(pair.isComplete)
    #expect(pair.server.peerCertificates.all.isEmpty)
  }

  @Test func aClientMayReportInsteadOfRefusing() async throws {
    let anchors = try TrustAnchors([])
    var strict = try TLSPair(
      client: .client(verification: .required, anchors: anchors), server: await .server(),
      at: Identities.start)
    strict.shakeHands()
    #expect(strict.failure?.reason?.receivedAlert == 48)
    var lenient = try TLSPair(
      client: .client(verification: .reported, anchors: anchors), server: await .server(),
      at: Identities.start)
    lenient.shakeHands()
    #expect(lenient.isComplete)
    #expect(
      lenient.client.verification
        == .failed(VerificationFailure(code: 18, depth: 0, subject: "CN=server.example")))
  }

  /// OpenSSL completes an anonymous handshake without looking for a certificate.
  @Test func whereACertificateIsRequiredNoCipherIsAnonymous() async throws {
    let anonymous = "AECDH-AES256-SHA"
    func pair(_ client: PeerVerification, _ server: PeerVerification) async throws -> TLSPair {
      let anchors = try TrustAnchors([])
      var pair = try TLSPair(
        client: .client(
          .tls12, .tls12, ciphers: client == .none ? anonymous : "ALL", verification: client,
          anchors: anchors),
        server: await .server(
          .tls12, .tls12, ciphers: server == .none ? anonymous : "ALL", verification: server,
          anchors: anchors),
        at: Identities.start)
      pair.shakeHands()
      return pair
    }
    let free = try await pair(.none, .none)
    #expect(free.isComplete && free.client.cipherName == anonymous)
    let client = try await pair(.required, .none)
    #expect(TLSPair.failure(client.serverState)?.reason == .noSharedCipher)
    let server = try await pair(.none, .required)
    #expect(TLSPair.failure(server.serverState)?.reason == .noSharedCipher)
  }
}
