import Foundation
import PKI
import Testing

@Suite struct PrivateKeyTests {
  @Test(arguments: [
    ("PKCS#1", "genrsa -traditional -out a.key 2048"),
    ("PKCS#8", "genpkey -algorithm rsa -out a.key"),
    ("SEC1 with parameters", "ecparam -name prime256v1 -genkey -out a.key"),
    ("PKCS#8 of a curve", "genpkey -algorithm ec -pkeyopt ec_paramgen_curve:P-521 -out a.key"),
    ("explicit curve", "ecparam -name prime256v1 -genkey -param_enc explicit -out a.key"),
    (
      "RSA-PSS of a fixed digest",
      "genpkey -algorithm rsa-pss -pkeyopt rsa_pss_keygen_md:sha512 -out a.key"
    ),
    ("Ed25519", "genpkey -algorithm ed25519 -out a.key"),
    ("Ed448", "genpkey -algorithm ed448 -out a.key"),
  ])
  func formsAreRead(name: String, command: String) throws {
    let folder = try Folder()
    try folder.openssl(command)
    let key = try PrivateKey(pem: folder.text("a.key"))
    try folder.openssl("pkey -in a.key -pubout -outform DER -out a.spki")
    #expect(try folder.openssl("dgst -sha256 -r a.spki").hasPrefix(key.publicKeySHA256))
    try folder.write(key.pem, to: "b.key")
    try folder.openssl("pkey -in b.key -pubout -outform DER -out b.spki")
    #expect(try folder.bytes("a.spki") == folder.bytes("b.spki"))
    #expect(try PrivateKey(der: key.pkcs8DER) == key)
    #expect(try PrivateKey(pem: key.pem) == key)
  }

  @Test(arguments: [
    "genrsa -traditional -aes128 -passout pass:secret -out a.key 2048",
    "genpkey -algorithm rsa -aes256 -pass pass:secret -out a.key",
  ])
  func encryptedKeysAreNamed(command: String) throws {
    let folder = try Folder()
    try folder.openssl(command)
    let text = try folder.text("a.key")
    let message = expectError(.encryptedKey) { _ = try PrivateKey(pem: text) }
    #expect(message == "The private key is encrypted; decrypt it first.")
  }

  @Test func encryptedBinaryKeysAreNamedToo() throws {
    let folder = try Folder()
    try folder.openssl("genpkey -algorithm ed25519 -out a.key")
    try folder.openssl("pkcs8 -topk8 -in a.key -passout pass:x -outform DER -out a.der")
    let der = try folder.bytes("a.der")
    expectError(.encryptedKey) { _ = try PrivateKey(der: der) }
  }

  @Test(arguments: ["x25519", "dsa"])
  func keysThatCannotSignCertificatesAreRefused(algorithm: String) throws {
    let folder = try Folder()
    if algorithm == "dsa" {
      try folder.openssl("dsaparam -out p.pem 1024")
      try folder.openssl("genpkey -paramfile p.pem -out a.key")
    } else {
      try folder.openssl("genpkey -algorithm \(algorithm) -out a.key")
    }
    let text = try folder.text("a.key")
    expectError(.unsupported) { _ = try PrivateKey(pem: text) }
  }

  @Test func halvesOfTwoKeysAreFoundOut() async throws {
    let one = try await PrivateKey.generate(.p256)
    let other = try await PrivateKey.generate(.p256)
    // The last 65 bytes are the public point.
    let mixed = Array(one.pkcs8DER.dropLast(65) + other.pkcs8DER.suffix(65))
    expectError(.malformedKey) { _ = try PrivateKey(der: mixed) }
  }

  @Test(arguments: [KeyAlgorithm.rsa(bits: 1024), .rsa(bits: 1536), .p256])
  func generatedKeysAreOfTheSizeAsked(algorithm: KeyAlgorithm) async throws {
    let key = try await PrivateKey.generate(algorithm)
    switch algorithm {
    case .rsa(let bits): #expect(key.keyDescription == "RSA \(bits) bits" && key.bits == bits)
    case .p256: #expect(key.keyDescription == "ECDSA P-256" && key.bits == 256)
    }
    let another = try await PrivateKey.generate(algorithm)
    #expect(another.publicKeySHA256 != key.publicKeySHA256)
  }

  @Test(arguments: [0, 512, 1023, 8193, -1])
  func otherSizesAreRefused(bits: Int) async {
    await #expect(throws: PKIError.self) { try await PrivateKey.generate(.rsa(bits: bits)) }
  }

  @Test func itNeverShowsItself() async throws {
    struct Profile { let name = "x", key: PrivateKey }
    let key = try await PrivateKey.generate(.p256)
    var dumped = ""
    dump(Profile(key: key), to: &dumped)
    for text in ["\(key)", String(reflecting: key), "\(Profile(key: key))", dumped, "\([key])"] {
      #expect(text.contains("ECDSA P-256 private key ***"))
      #expect(!text.contains("\(key.pkcs8DER[20]), \(key.pkcs8DER[21])"))
      #expect(!text.contains("pkcs8"))
    }
  }

  @Test func fitsOnlyItsOwnCertificate() async throws {
    let lab = try Lab.shared.get()
    #expect(lab.leafKey.fits(lab.leaf))
    #expect(!lab.leafKey.fits(lab.root))
    let other = try await PrivateKey.generate(.rsa(bits: 2048))
    #expect(!other.fits(lab.leaf))
  }

  @Test func aCompressedPointIsTheSameKey() throws {
    let folder = try Folder()
    try folder.openssl("ecparam -name prime256v1 -genkey -noout -out a.key")
    try folder.openssl("ec -in a.key -conv_form compressed -out b.key")
    try folder.openssl("req -x509 -key b.key -subj /CN=a -out a.pem")
    let key = try PrivateKey(pem: folder.text("a.key"))
    #expect(try key.fits(Certificate(pem: folder.text("a.pem"))))
  }

  @Test func codedFormIsASecret() async throws {
    let key = try await PrivateKey.generate(.p256)
    let encoder = JSONEncoder()
    expectError(.noSecretCoding) { _ = try encoder.encode([key]) }
    encoder.userInfo[.secretCoding] = SecretCoding.obfuscated
    let json = try encoder.encode([key])
    let decoder = JSONDecoder()
    decoder.userInfo[.secretCoding] = SecretCoding.obfuscated
    #expect(try decoder.decode([PrivateKey].self, from: json) == [key])
  }
}
