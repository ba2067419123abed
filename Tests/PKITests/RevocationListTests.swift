import PKI
import TestSupport
import Testing

/// Revocation lists as they are read.
@Suite struct RevocationListTests {
  private func list(_ number: Int) async throws -> RevocationList {
    let text = try await IssuedCertificates.shared.revocationLists[number]
    return try #require(RevocationList.lists(in: Array(text.utf8)).first)
  }

  @Test func bothEncodingsAreRead() async throws {
    let one = try await list(1)
    #expect(try RevocationList.lists(in: one.der) == [one])
    let text = try await IssuedCertificates.shared.revocationLists.joined(separator: "\n")
    #expect(try await RevocationList.lists(in: Array(text.utf8)) == [list(0), one])
  }

  @Test func whatIsNoListIsRefused() async throws {
    let one = try await list(1)
    for bytes in [[], Array("no list".utf8), one.der + [0], Array(one.der.dropLast())] {
      #expect(throws: PKIError.self) { try RevocationList.lists(in: bytes) }
      #expect(throws: PKIError.self) { try RevocationList(der: bytes) }
    }
  }

  @Test func aDamagedListTakesTheOthersWithIt() async throws {
    let texts = try await IssuedCertificates.shared.revocationLists
    let cut = texts[1].replacing("\n-----END X509 CRL-----", with: "")
    #expect(throws: PKIError.self) { try RevocationList.lists(in: Array((texts[0] + cut).utf8)) }
  }
}
