import Foundation
import PKI
import Testing

@Suite struct SecretTests {
  private func written(_ secret: Secret, _ coding: SecretCoding) throws -> String {
    let encoder = JSONEncoder()
    encoder.userInfo[.secretCoding] = coding
    return try JSONDecoder().decode([String].self, from: encoder.encode([secret]))[0]
  }

  private func read(_ text: String, _ coding: SecretCoding) throws -> Secret {
    let decoder = JSONDecoder()
    decoder.userInfo[.secretCoding] = coding
    return try decoder.decode([Secret].self, from: JSONEncoder().encode([text]))[0]
  }

  private static let box = Result { try SecretBox(key: SecretBox.randomKey()) }
  private static let texts = [
    "", "ironport", "pässwörd 🔑", "$sealed$AAAA", "$obfuscated$", "$base64$", "***", "*", "a\u{0}b",
    "line\nbreak",
  ]

  @Test func itNeverShowsItself() {
    struct User { let name = "admin", passphrase: Secret }
    let user = User(passphrase: Secret("ironport"))
    var dumped = ""
    dump(user, to: &dumped)
    for text in ["\(user)", String(reflecting: user), dumped, "\([user.passphrase])"] {
      #expect(text.contains("***"))
      #expect(!text.contains("ironport") && !text.contains("105"))
    }
  }

  @Test(arguments: texts)
  func sealedSecretsOpenUnderTheirKeyAndPlaceOnly(text: String) throws {
    let box = try Self.box.get()
    let coding = SecretCoding.sealed(box, authenticating: Array("ldap".utf8))
    let secret = Secret(text)
    let sealed = try written(secret, coding)
    #expect(sealed.hasPrefix("$sealed$"))
    #expect(try written(secret, coding) != sealed)
    #expect(try read(sealed, coding) == secret)
    let elsewhere = SecretCoding.sealed(box, authenticating: Array("alerts".utf8))
    expectError(.sealBroken) { _ = try read(sealed, elsewhere) }
    let another = try SecretCoding.sealed(
      SecretBox(key: SecretBox.randomKey()), authenticating: Array("ldap".utf8))
    expectError(.sealBroken) { _ = try read(sealed, another) }
    expectError(.sealBroken) { _ = try read("plain", coding) }
    expectError(.sealBroken) { _ = try read("$sealed$!", coding) }
    expectError(.sealBroken) { _ = try read(sealed, .plain) }
  }

  @Test(arguments: texts)
  func aSavedConfigurationLoadsWhereverAndHoweverItWasSaved(text: String) throws {
    let secret = Secret(text)
    let hidden = try written(secret, .obfuscated)
    #expect(hidden.hasPrefix("$obfuscated$") && !hidden.contains("ironport"))
    #expect(try written(secret, .obfuscated) == hidden)
    for coding in [SecretCoding.obfuscated, .plain, .masked] {
      #expect(try read(hidden, coding) == secret)
      let plain = try written(secret, .plain)
      #expect(try read(plain, coding) == secret)
    }
  }

  @Test func plainTextStandsAsItIs() throws {
    #expect(try written(Secret("pässwörd"), .plain) == "pässwörd")
    #expect(try written(Secret(bytes: [0xFF, 0]), .plain) == "$base64$/wA=")
    #expect(try read("$base64$/wA=", .plain).bytes == [0xFF, 0])
  }

  @Test func theObfuscatedFormStaysReadable() throws {
    // Written by the first version: files that people keep must go on loading.
    #expect(try read(Self.kept, .obfuscated) == Secret("ironport"))
  }
  private static let kept = "$obfuscated$a2jaELhPG/+Y8fd+svWCGHD6Vn48pkOTjud4hDELt6GDDY/A"

  @Test func maskedSecretsAreLost() throws {
    #expect(try written(Secret("ironport"), .masked) == "*****")
    #expect(try written(Secret(""), .masked) == "*****")
    for coding in [SecretCoding.obfuscated, .plain, .masked] {
      for mask in ["*****", "*"] { expectError(.maskedSecret) { _ = try read(mask, coding) } }
    }
  }

  @Test func withoutACodingNothingIsCoded() throws {
    expectError(.noSecretCoding) { _ = try JSONEncoder().encode([Secret("x")]) }
    let json = try JSONEncoder().encode(["x"])
    expectError(.noSecretCoding) { _ = try JSONDecoder().decode([Secret].self, from: json) }
  }
}
