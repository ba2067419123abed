import PKI
import Testing

@Suite("Cipher lists") struct CipherListTests {
  @Test("A list is its suites, in its order, as openssl prints them")
  func order() throws {
    let suites = try CipherSuite.all(in: "AES128-SHA:ECDHE-RSA-AES256-GCM-SHA384")
    #expect(suites.map(\.name) == ["AES128-SHA", "ECDHE-RSA-AES256-GCM-SHA384"])
    #expect(
      suites.last?.description.split(separator: " ") == [
        "ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.2", "Kx=ECDH", "Au=RSA", "Enc=AESGCM(256)",
        "Mac=AEAD",
      ])
  }

  @Test("Weak suites are not left out, and those of TLS 1.3 are")
  func whatCounts() throws {
    #expect(try CipherSuite.all(in: "aNULL").contains { $0.name == "ADH-AES128-SHA" })
    #expect(try !CipherSuite.all(in: "ALL").contains { $0.name.hasPrefix("TLS_") })
  }

  @Test("What OpenSSL does not know is refused by name", arguments: ["", "nonsense", "HIGH:!ALL"])
  func refused(_ list: String) {
    let error = #expect(throws: PKIError.self) { try CipherSuite.all(in: list) }
    #expect(error?.code == .noCipher)
    #expect(error?.message.contains("\"\(list)\"") == true)
  }
}
