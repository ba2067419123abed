import Foundation
import PKI
import Testing

@Suite struct PasswordHashTests {
  @Test func theKnownAnswerOfTheStandardVerifies() async throws {
    // RFC 7914 section 12, third vector: N = 2^14, r = 8, p = 1.
    let hash = try PasswordHash(
      "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"
    )
    #expect(try await hash.verify("pleaseletmein"))
    #expect(try await !hash.verify("pleaseletmeout"))
  }

  @Test(arguments: ["", "ironport", "pässwörd 🔑"])
  func aHashVerifiesItsPassphraseOnly(passphrase: String) async throws {
    let hash = try await PasswordHash.make(of: passphrase)
    #expect(hash.text.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
    #expect(try await PasswordHash(hash.text).verify(passphrase))
    #expect(try await !hash.verify(passphrase + "x"))
    #expect(try PasswordHash(hash.text) == hash)
  }

  @Test func theSamePassphraseGivesAnotherHashEachTime() async throws {
    #expect(try await PasswordHash.make(of: "x") != PasswordHash.make(of: "x"))
  }

  @Test(arguments: [
    "", "$", "secret", "$1$salt$hash",
    "$scrypt$ln=15,r=8$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046",
    "$scrypt$ln=40,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046w",
    "$scrypt$ln=20,r=16,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046w",
    "$scrypt$ln=15,r=9999,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046w",
    "$scrypt$ln=15,r=8,p=1$!$cCO9yzr9c0hGHAbNgf046w", "$scrypt$ln=15,r=8,p=1$U29kaXVtQ2hsb3JpZGU$",
    "$scrypt$ln=15,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046w$x",
  ])
  func otherFormsAreRefused(text: String) {
    expectError(.malformedHash) { _ = try PasswordHash(text) }
  }

  @Test func itNeverShowsItselfButIsStored() async throws {
    let hash = try await PasswordHash.make(of: "x")
    var dumped = ""
    dump(hash, to: &dumped)
    #expect("\(hash)" == "***" && !dumped.contains("salt"))
    let json = try JSONEncoder().encode([hash])
    #expect(try JSONDecoder().decode([String].self, from: json) == [hash.text])
    #expect(try JSONDecoder().decode([PasswordHash].self, from: json) == [hash])
  }
}
