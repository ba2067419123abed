import PKI
import TLS
import Testing

@Suite struct ContextTests {
  @Test func aServerNeedsACertificate() {
    #expect(throws: TLSContextError.self) {
      try TLSContext(role: .server, .init(minimum: .tls12, maximum: .tls12))
    }
  }

  @Test func aKeyThatDoesNotFitIsNamed() async throws {
    let identity = try await TLSIdentity(
      certificate: Identities.server.value.certificate, intermediates: [],
      key: Identities.client.value.key)
    await #expect {
      try await TLSContext.server(identity: identity)
    } throws: { "\($0)".contains("does not fit") && "\($0)".contains("server.example") }
  }

  @Test func aCipherListWithoutCiphersIsNamed() {
    #expect {
      try TLSContext.client(ciphers: "NO-SUCH-CIPHER")
    } throws: { "\($0)".contains("NO-SUCH-CIPHER") }
  }

  @Test func versionsMustBeInOrder() {
    #expect(throws: TLSContextError.self) { try TLSContext.client(.tls13, .tls12) }
  }
}
