import PKI
import TLS
import TestSupport
import Testing

@Suite struct RevocationTests {
  private func verification(
    _ lists: [RevocationList]
  ) async throws -> TLSConnection.Verification {
    let issued = try await IssuedCertificates.shared
    let leaf = issued[.revoked]
    var pair = try TLSPair(
      client: .client(
        verification: .reported,
        anchors: TrustAnchors([issued.root], revocationLists: lists)),
      server: await .server(
        identity: TLSIdentity(
          certificate: leaf.certificate, intermediates: [issued.intermediate], key: leaf.key)),
      at: .testMoment)
    pair.shakeHands()
    return pair.client.verification
  }

  private func list(_ number: Int) async throws -> RevocationList {
    let text = try await IssuedCertificates.shared.revocationLists[number]
    return try #require(RevocationList.lists(in: Array(text.utf8)).first)
  }

  @Test func aRevokedPeerIsFound() async throws {
    guard case .failed(let failure) = try await verification([await list(1)]) else {
      Issue.record("it was not found")
      return
    }
    #expect(failure.name == "X509_V_ERR_CERT_REVOKED")
    #expect(failure.subject == "O=Lab,CN=mx1.partner.example")
  }

  @Test func aListThatDoesNotApplyIsNotNone() async throws {
    let text = try await IssuedCertificates.foreignList(
      of: "Lab Sub CA", thisUpdate: IssuedCertificates.date(year: 2026),
      nextUpdate: IssuedCertificates.date(year: 2035))
    let list = try #require(RevocationList.lists(in: Array(text.utf8)).first)
    guard case .failed(let failure) = try await verification([list]) else {
      Issue.record("it was taken")
      return
    }
    #expect(failure.name == "X509_V_ERR_UNABLE_TO_GET_CRL")
    #expect(failure.depth == 0)
  }

  @Test func anAuthorityWithoutListIsTaken() async throws {
    // The root's list says nothing of what the intermediate issued.
    #expect(try await verification([await list(0)]) == .verified)
    #expect(try await verification([]) == .verified)
  }
}
