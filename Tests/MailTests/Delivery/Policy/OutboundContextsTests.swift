import Configuration
import PKI
import TLS
import TestSupport
import Testing

@testable import Mail

@Suite struct OutboundContextsTests {
  @Test func theProfileOfDestinationControlsIsPresented() async throws {
    let pool = try await CertificatePool.shared
    var configuration = try Configuration.factory(pool: pool)
    configuration.certificates["own"] = try pool.profile("own.example", key: 1)
    configuration.outbound.certificate = "own"
    let contexts = try OutboundContexts(configuration, anchors: nil)
    for check in DeliveryTLS.ChainCheck.allCases {
      #expect(contexts[check].certificate == configuration.certificates["own"]?.certificate)
      #expect(contexts[check].role == .client)
    }
  }

  @Test func aMissingProfileIsNamed() async throws {
    var configuration = try await Configuration.factory(pool: .shared)
    configuration.outbound.certificate = "gone"
    #expect {
      try OutboundContexts(configuration, anchors: nil)
    } throws: { "\($0)" == "The certificate \"gone\" does not exist." }
  }

  @Test func eachCheckTreatsAnUnknownPeerInItsWay() async throws {
    let contexts = try await OutboundContexts(
      Configuration.factory(pool: .shared), anchors: TrustAnchors([]))
    #expect(contexts[.none].verification == .none)
    #expect(contexts[.reported].verification == .reported)
    #expect(contexts[.required].verification == .required)
  }
}
