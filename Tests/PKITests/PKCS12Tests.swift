import Foundation
import PKI
import Testing

@Suite struct PKCS12Tests {
  /// Exports the lab's leaf by `openssl pkcs12 -export` with further options.
  private func export(
    _ options: String, passphrase: String = "secret", chain: [Certificate] = []
  ) throws -> [UInt8] {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    for name in ["leaf.pem", "leaf.key"] { try folder.write(lab.folder.text(name), to: name) }
    try folder.write(chain.map(\.pem).joined(), to: "chain.pem")
    let more = chain.isEmpty ? "" : "-certfile chain.pem"
    try folder.openssl(
      "pkcs12 -export \(options) \(more) -out f.p12 -passout {}", "pass:\(passphrase)")
    return try folder.bytes("f.p12")
  }

  private static let pair = "-in leaf.pem -inkey leaf.key"

  @Test(arguments: [
    "", "-legacy", "-legacy -certpbe PBE-SHA1-RC2-128", "-legacy -keypbe PBE-SHA1-RC4-128",
    "-legacy -keypbe PBE-SHA1-RC2-40", "-certpbe NONE -keypbe NONE",
    "-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1",
    "-keypbe aes-128-cbc -macalg sha512",
    "-certpbe PBE-SHA1-3DES -keypbe AES-256-CBC", "-nomac", "-nomac -legacy",
    "-iter 1", "-name friendly -caname other",
  ])
  func everyKindOfFileOpens(options: String) throws {
    let lab = try Lab.shared.get()
    let bytes = try export("\(Self.pair) \(options)", chain: [lab.lower, lab.upper])
    let opened = try PKCS12.open(bytes, passphrase: "secret")
    #expect(opened.key == lab.leafKey)
    #expect(opened.certificate == lab.leaf)
    #expect(opened.chain == [lab.lower, lab.upper])
  }

  @Test(arguments: ["", "-legacy", "-nomac", "-nomac -legacy", "-macalg sha1"])
  func aWrongPassphraseIsTold(options: String) throws {
    let bytes = try export("\(Self.pair) \(options)")
    for wrong in ["Secret", "", "secret ", "sécret"] {
      expectError(.wrongPassphrase) { _ = try PKCS12.open(bytes, passphrase: wrong) }
    }
  }

  @Test(arguments: ["", "pässwörd", "пароль", "🔑 and more", String(repeating: "long ", count: 100)])
  func passphrasesMayBeAnyText(passphrase: String) throws {
    for options in ["", "-legacy"] {
      let bytes = try export("\(Self.pair) \(options)", passphrase: passphrase)
      #expect(try PKCS12.open(bytes, passphrase: passphrase).key == Lab.shared.get().leafKey)
    }
  }

  @Test func filesOfOldToolsTakeEachByteForACharacter() throws {
    // What OpenSSL 1.0 made of "pässwörd": the bytes of UTF-8, each as a character of Latin-1.
    let asCharacters = String("pässwörd".utf8.map { Character(Unicode.Scalar($0)) })
    let bytes = try export(
      "\(Self.pair) -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES", passphrase: asCharacters)
    #expect(try PKCS12.open(bytes, passphrase: "pässwörd").key == Lab.shared.get().leafKey)
  }

  @Test func theChainKeepsItsOrderAndDuplicates() throws {
    let lab = try Lab.shared.get()
    let chain = [lab.root, lab.upper, lab.lower, lab.upper, lab.leaf]
    #expect(try PKCS12.open(export(Self.pair, chain: chain), passphrase: "secret").chain == chain)
  }

  @Test(arguments: ["-legacy", ""])
  func withoutAKeyItIsTold(options: String) throws {
    let bytes = try export("-nokeys -in leaf.pem \(options)")
    expectError(.noKey) { _ = try PKCS12.open(bytes, passphrase: "secret") }
  }

  @Test func withoutACertificateItIsTold() throws {
    let bytes = try export("-nocerts -inkey leaf.key")
    expectError(.noCertificate) { _ = try PKCS12.open(bytes, passphrase: "secret") }
  }

  @Test func aKeyOfAnotherCertificateIsTold() async throws {
    let folder = try Folder()
    try folder.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=a -keyout a.key -out a.pem"
    )
    try folder.openssl(
      "pkcs12 -export -nomac -keypbe NONE -certpbe NONE -in a.pem -inkey a.key -out f.p12 -passout pass:"
    )
    var bytes = try folder.bytes("f.p12")
    #expect(try PKCS12.open(bytes, passphrase: "").chain.isEmpty)
    // The key stands there in clear; keys of this curve are all of one length.
    let key = try PrivateKey(pem: folder.text("a.key")).pkcs8DER
    let other = try await PrivateKey.generate(.p256).pkcs8DER
    let place = try #require(bytes.firstRange(of: key))
    bytes.replaceSubrange(place, with: other)
    expectError(.keyMismatch) { _ = try PKCS12.open(bytes, passphrase: "") }
  }

  @Test(arguments: [
    "-certpbe AES-256-CBC -keypbe PBE-SHA1-3DES", "-certpbe PBE-SHA1-3DES -keypbe AES-256-CBC", "",
  ])
  func modernFilesAreRefusedWhereOnlyOldOnesAreTaken(options: String) throws {
    let bytes = try export("\(Self.pair) \(options)")
    let message = expectError(.modernRefused) {
      _ = try PKCS12.open(bytes, passphrase: "secret", allowsModern: false)
    }
    #expect(message.contains("PBES2"))
    // The first part of a file decides: certificates under 3DES are tried before the key.
    let first: PKIError.Code =
      options.hasPrefix("-certpbe PBE") ? .wrongPassphrase : .modernRefused
    expectError(first) { _ = try PKCS12.open(bytes, passphrase: "wrong", allowsModern: false) }
    let old = try export("\(Self.pair) -legacy")
    #expect(try PKCS12.open(old, passphrase: "secret", allowsModern: false).chain.isEmpty)
  }

  @Test func cutOffFilesAreCorrupt() throws {
    let bytes = try export(Self.pair)
    for length in [0, 1, 2, 10, 100, bytes.count / 2, bytes.count - 1] {
      expectError(.corrupt) {
        _ = try PKCS12.open(Array(bytes.prefix(length)), passphrase: "secret")
      }
    }
  }

  @Test func damageUnderTheRightPassphraseIsNotCalledAWrongPassphrase() throws {
    let lab = try Lab.shared.get()
    var bytes = try PKCS12.seal(
      key: lab.leafKey, certificate: lab.leaf, chain: [], name: "friendly", passphrase: "secret")
    // The last bytes are the MAC's salt and iterations, before them its digest.
    bytes[bytes.count - 30] ^= 1
    expectError(.corrupt) { _ = try PKCS12.open(bytes, passphrase: "secret") }
    expectError(.wrongPassphrase) { _ = try PKCS12.open(bytes, passphrase: "other") }
  }

  @Test func damageOfALegacyFileIsTold() throws {
    var bytes = try export("\(Self.pair) -legacy")
    bytes[bytes.count - 30] ^= 1
    expectError(.corrupt) { _ = try PKCS12.open(bytes, passphrase: "secret") }
  }

  @Test func otherFormatsAreNamed() throws {
    let lab = try Lab.shared.get()
    let pem = Array(lab.leaf.pem.utf8)
    #expect(
      expectError(.wrongFormat) { _ = try PKCS12.open(pem, passphrase: "x") }
        == "A PKCS#12 file is needed; this is PEM text.")
    #expect(
      expectError(.wrongFormat) { _ = try PKCS12.open(lab.leaf.der, passphrase: "x") }
        == "A PKCS#12 file is needed; this is a certificate in DER form.")
    expectError(.corrupt) { _ = try PKCS12.open(Array("hello".utf8), passphrase: "x") }
  }

  @Test func filesThatAreTooLargeAreRefused() {
    let large = [UInt8](repeating: 0x30, count: PKCS12.largestFile + 1)
    expectError(.tooLarge) { _ = try PKCS12.open(large, passphrase: "x") }
  }

  @Test(arguments: [
    "", "-nomac", "-nomac -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES",
    "-nomac -certpbe NONE",
  ])
  func filesThatAskForTooMuchWorkAreRefusedAtOnce(options: String) throws {
    var bytes = try export("\(Self.pair) -iter 70000 \(options)")
    // Each count of 70,000 rounds becomes one of 8,388,607.
    for place in bytes.ranges(of: [0x02, 0x03, 0x01, 0x11, 0x70]).reversed() {
      bytes.replaceSubrange(place, with: [0x02, 0x03, 0x7F, 0xFF, 0xFF])
    }
    let time = ContinuousClock().measure {
      let message = expectError(.unsupported) { _ = try PKCS12.open(bytes, passphrase: "secret") }
      #expect(message.contains("rounds"))
    }
    #expect(time < .seconds(1))
  }

  @Test func roundsThatStandElsewhereAreNotMade() throws {
    // SHA-256 as the MAC's algorithm becomes PBMAC1, whose rounds are its parameters.
    var bytes = try export(Self.pair)
    let sha256: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
    let place = try #require(bytes.ranges(of: sha256).last)
    bytes.replaceSubrange(place, with: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0E])
    let message = expectError(.unsupported) { _ = try PKCS12.open(bytes, passphrase: "secret") }
    #expect(message.contains("in a way that is not known"))
  }

  @Test(arguments: [KeyAlgorithm.p256, .rsa(bits: 1024)])
  func ownFilesOpenAgain(algorithm: KeyAlgorithm) async throws {
    let lab = try Lab.shared.get()
    let key = try await PrivateKey.generate(algorithm)
    let certificate = try Certificate.selfSigned(
      subject: DistinguishedName(commonName: "a"), key: key, notBefore: .now, days: 1,
      serialNumber: [1])
    let chain = [lab.upper, lab.lower, lab.upper]
    for passphrase in ["", "secret", "pässwörd 🔑"] {
      let bytes = try PKCS12.seal(
        key: key, certificate: certificate, chain: chain, name: "Größe", passphrase: passphrase)
      let opened = try PKCS12.open(bytes, passphrase: passphrase, allowsModern: false)
      #expect(opened.key == key && opened.certificate == certificate && opened.chain == chain)
    }
  }

  @Test func openSSLReadsOwnFilesWithoutTheLegacyProvider() throws {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    let bytes = try PKCS12.seal(
      key: lab.leafKey, certificate: lab.leaf, chain: [lab.lower, lab.upper], name: "partner.com",
      passphrase: "secret")
    try folder.write(bytes, to: "f.p12")
    let text = try folder.openssl("pkcs12 -in f.p12 -info -nodes -passin pass:secret")
    #expect(text.contains("MAC: sha1, Iteration 2048"))
    #expect(
      text.components(separatedBy: "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048").count == 3)
    #expect(text.contains("friendlyName: partner.com"))
    #expect(!text.contains("PBES2"))
    #expect(try PEMContainer(text: text).certificates == [lab.leaf, lab.lower, lab.upper])
    #expect(try PrivateKey(pem: text) == lab.leafKey)
  }

  @Test func onlyAPairIsSealed() async throws {
    let lab = try Lab.shared.get()
    let key = try await PrivateKey.generate(.p256)
    expectError(.keyMismatch) {
      _ = try PKCS12.seal(key: key, certificate: lab.leaf, chain: [], name: "", passphrase: "x")
    }
    expectError(.invalidName) {
      _ = try PKCS12.seal(
        key: lab.leafKey, certificate: lab.leaf, chain: [], name: "", passphrase: "a\u{0}b")
    }
  }
}
