import Configuration
import TLS
import TestSupport
import Testing

@testable import ServiceTLS

/// Contexts are made once for as long as they are used.
struct ServiceContextTests {
  private let profile: CertificateProfile
  private let service = SSLService()

  init() async throws { profile = try await CertificatePool.shared.profile("mail.example.com") }

  @Test func theSameSettingsHaveTheSameContext() throws {
    let first = try TLSContext.server(profile, service)
    #expect(try TLSContext.server(profile, service) === first)
  }

  @Test func eachSettingMakesAnother() throws {
    let anchors = try TrustAnchors([profile.certificate])
    let first = try TLSContext.server(profile, service)
    var other = service
    other.ciphers = "ECDHE+AESGCM"
    var longer = profile
    longer.intermediates = [profile.certificate]
    let others = [
      try TLSContext.server(profile, other), try TLSContext.server(longer, service),
      try TLSContext.server(profile, service, verification: .required, anchors: anchors),
      try TLSContext.client(profile, service, verification: .none, anchors: nil),
    ]
    for context in others { #expect(context !== first) }
    #expect(Set(others.map(ObjectIdentifier.init)).count == others.count)
  }

  @Test func anchorsCountByWhichTheyAre() throws {
    let anchors = [
      try TrustAnchors([profile.certificate]), try TrustAnchors([profile.certificate]),
    ]
    let contexts = try anchors.map {
      try TLSContext.client(profile, service, verification: .required, anchors: $0)
    }
    #expect(contexts[0] !== contexts[1])
  }

  @Test func whatNobodyUsesIsMadeAnew() throws {
    let cache = ServiceContextCache()
    let recipe = ServiceContextCache.Recipe(
      role: .server, profile: profile, service: service, verification: .none, anchors: nil)
    weak let forgotten = try cache.context(recipe)
    #expect(forgotten == nil)
    #expect(try cache.context(recipe).certificate == profile.certificate)
  }
}
