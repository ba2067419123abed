import Testing

@testable import Dialogue

/// A private key is told from answers, from its first line to its last and no further.
@Suite struct TypedKeyTests {
  private func told(_ lines: [String]) -> [Bool] {
    var key = TypedKey()
    return lines.map { key.includes($0) }
  }

  @Test(arguments: [
    ["-----BEGIN PRIVATE KEY-----", "MIGHAgEA+/==", "", "-----END PRIVATE KEY-----"],
    [
      "  -----BEGIN RSA PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,00", "",
      "MIIE", "-----END RSA PRIVATE KEY-----",
    ],
    ["-----BEGIN ENCRYPTED PRIVATE KEY----- MIIE -----END ENCRYPTED PRIVATE KEY-----"],
  ])
  func allOfAKeyIsOne(_ lines: [String]) {
    #expect(
      told(["new"] + lines + ["commit", ""]) == [false] + lines.map { _ in true } + [false, false])
  }

  @Test func whatCannotBeAPartEndsIt() {
    #expect(
      told(["-----BEGIN EC PRIVATE KEY-----", "MHcC", "commit \"x\"", "exit"])
        == [true, true, false, false])
  }

  @Test func noKeyGoesOnWithoutEnd() {
    let told = told(["-----BEGIN PRIVATE KEY-----"] + Array(repeating: "exit", count: 600))
    #expect(told.count(where: \.self) == 501)
  }

  @Test func certificatesAreNone() {
    #expect(
      told(["-----BEGIN CERTIFICATE-----", "MIIC", "-----END CERTIFICATE-----"]) == [
        false, false, false,
      ])
  }
}
