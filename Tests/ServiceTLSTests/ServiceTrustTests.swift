import Configuration
@testable import ServiceTLS
import PKI
import TestSupport
import Testing

@Suite struct ServiceTrustTests {
  @Test func anchorsAreSharedUntilAListChanges() async throws {
    let pool = try await CertificatePool.shared
    var configuration = try Configuration.factory(pool: pool)
    let certificate = try pool.certificate("Own Root", key: pool.p256Keys[0])
    configuration.authorities["own"] = CertificateAuthority(certificate: certificate)
    let cache = TrustAnchorCache()
    let first = try cache.anchors(of: configuration, revocationLists: [])
    configuration.system.hostName = "other.example.com"
    #expect(try cache.anchors(of: configuration, revocationLists: []) === first)
    // Listeners that look at revocation lists do not push out deliveries that do not.
    let lists = try await RevocationList.lists(
      in: Array(IssuedCertificates.shared.revocationLists.joined().utf8))
    let withLists = try cache.anchors(of: configuration, revocationLists: lists)
    #expect(withLists !== first)
    #expect(try cache.anchors(of: configuration, revocationLists: []) === first)
    #expect(try cache.anchors(of: configuration, revocationLists: lists) === withLists)
    configuration.authorityLists.isCustomEnabled = true
    #expect(try cache.anchors(of: configuration, revocationLists: []) !== first)
  }
}
