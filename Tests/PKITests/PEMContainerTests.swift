import Foundation
import PKI
import Testing

@Suite struct PEMContainerTests {
  @Test(arguments: ["\n", "\r\n", "\r"])
  func leafAndChainMayComeInAnyOrder(lineEnd: String) throws {
    let lab = try Lab.shared.get()
    let text = """
      \u{FEFF}subject=Lab Root
      \(lab.root.pem)
      Bag Attributes
          localKeyID: 01
      \(lab.upper.pem)\(lab.leaf.pem)   and: words
      \(lab.lower.pem)
      """.replacingOccurrences(of: "\n", with: lineEnd)
    let container = try PEMContainer(text: text)
    #expect(container.certificates == [lab.root, lab.upper, lab.leaf, lab.lower])
    let parts = container.split(for: lab.leafKey)
    #expect(parts.leaf == lab.leaf)
    #expect(parts.intermediates == [lab.upper, lab.lower])
    #expect(parts.roots == [lab.root])
  }

  @Test func indentedLinesAreRead() throws {
    let lab = try Lab.shared.get()
    let text = lab.leaf.pem.split(separator: "\n").map { " \t\($0)  " }.joined(separator: "\n")
    #expect(try PEMContainer.certificates(in: text) == [lab.leaf])
  }

  @Test func keysAndRequestsAreSortedOut() throws {
    let lab = try Lab.shared.get()
    let request = try CertificateRequest(subject: lab.leaf.subject, key: lab.leafKey)
    let container = try PEMContainer(text: lab.leafKey.pem + request.pem + lab.leaf.pem)
    #expect(container.privateKeys == [lab.leafKey])
    #expect(container.requests == [request])
    #expect(container.certificates == [lab.leaf])
  }

  @Test func duplicatesAreKeptAndNothingFitsAnotherKey() async throws {
    let lab = try Lab.shared.get()
    let container = try PEMContainer(
      text: lab.leaf.pem + lab.lower.pem + lab.lower.pem + lab.leaf.pem)
    #expect(container.split(for: lab.leafKey).intermediates == [lab.lower, lab.lower, lab.leaf])
    let other = try await PrivateKey.generate(.p256)
    #expect(container.split(for: other).leaf == nil)
  }

  @Test func aSelfSignedLeafIsNoRoot() async throws {
    let key = try await PrivateKey.generate(.p256)
    let certificate = try Certificate.selfSigned(
      subject: DistinguishedName(commonName: "a"), key: key, notBefore: .now, days: 1,
      serialNumber: [1])
    let parts = try PEMContainer(text: certificate.pem).split(for: key)
    #expect(parts.leaf == certificate && parts.roots.isEmpty && parts.intermediates.isEmpty)
  }

  @Test func trustedCertificatesLoseTheirTrailer() throws {
    let lab = try Lab.shared.get()
    let text = try lab.folder.openssl("x509 -in root.pem -trustout -addtrust serverAuth")
    #expect(text.contains("TRUSTED"))
    #expect(try Certificate(pem: text) == lab.root)
  }

  @Test(arguments: [
    ("x509 -in leaf.pem -outform DER -out f", "a certificate in DER form"),
    ("crl2pkcs7 -nocrl -certfile leaf.pem -outform DER -out f", "a PKCS#7 file in DER form"),
    ("crl2pkcs7 -nocrl -certfile leaf.pem -out f", "a PKCS#7 file"),
    ("pkcs12 -export -in leaf.pem -inkey leaf.key -passout pass:x -out f", "a PKCS#12 file"),
    ("pkcs8 -topk8 -nocrypt -in leaf.key -outform DER -out f", "a private key in DER form"),
    ("req -new -key leaf.key -subj /CN=a -outform DER -out f", "signing request (CSR) in DER form"),
    ("req -new -key leaf.key -subj /CN=a -out f", "a certificate signing request (CSR)"),
    ("pkey -in leaf.key -out f", "a private key"),
    ("pkey -in leaf.key -pubout -out f", "a public key"),
  ])
  func otherFormatsAreNamed(command: String, words: String) throws {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    for name in ["leaf.pem", "leaf.key"] { try folder.write(lab.folder.text(name), to: name) }
    try folder.openssl(command)
    let bytes = try folder.bytes("f")
    let message = expectError(.wrongFormat) {
      _ = try PEMContainer(bytes: bytes).requireCertificates()
    }
    #expect(message.hasSuffix("\(words)."), "\(message)")
  }

  @Test func anEncryptedKeyIsNamed() throws {
    let lab = try Lab.shared.get()
    let text = try lab.folder.openssl("pkcs8 -topk8 -in leaf.key -passout pass:x")
    expectError(.encryptedKey) { _ = try PEMContainer(text: text) }
    let both = try PEMContainer(text: lab.leaf.pem + text)
    #expect(both.others.map(\.isEncrypted) == [true])
    expectError(.encryptedKey) { _ = try both.requirePrivateKey() }
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16])
  func wideTextIsNamed(encoding: String.Encoding) throws {
    let data = try #require(Lab.shared.get().leaf.pem.data(using: encoding))
    let message = expectError(.wrongFormat) { _ = try PEMContainer(bytes: [UInt8](data)) }
    #expect(message.contains("UTF-16"))
    let decoded = String(decoding: data, as: UTF8.self)
    #expect(expectError(.wrongFormat) { _ = try PEMContainer(text: decoded) }.contains("UTF-16"))
  }

  @Test(arguments: [
    (
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
      "an OpenSSH private key"
    ),
    ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI admin@host", "an OpenSSH public key"),
    ("PuTTY-User-Key-File-3: ssh-ed25519\n", "a PuTTY private key"),
    ("-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----", "a block named PGP MESSAGE"),
    ("hello", "There is no PEM block"),
    ("", "There is no PEM block"),
  ])
  func textsOfOtherToolsAreNamed(text: String, words: String) {
    #expect(expectError(.wrongFormat) { _ = try PEMContainer(text: text) }.contains(words))
  }

  @Test func base64AloneAndBinaryReadAsTextAreNamed() throws {
    let leaf = try Lab.shared.get().leaf
    let lines = leaf.pem.split(separator: "\n").dropFirst().dropLast().joined(separator: "\r\n")
    #expect(
      expectError(.wrongFormat) { _ = try PEMContainer(text: lines) }.contains("without its BEGIN"))
    let text = String(decoding: leaf.der, as: UTF8.self)
    #expect(expectError(.wrongFormat) { _ = try PEMContainer(text: text) }.contains("DER"))
  }

  @Test func aRequestInPlaceOfACertificateIsNamed() throws {
    let lab = try Lab.shared.get()
    let request = try CertificateRequest(subject: lab.leaf.subject, key: lab.leafKey)
    let message = expectError(.wrongFormat) { _ = try Certificate(pem: request.pem) }
    #expect(message == "A certificate is needed; this is a certificate signing request (CSR).")
    #expect(
      expectError(.wrongFormat) { _ = try PrivateKey(pem: lab.leaf.pem) }
        == "A private key is needed; this is a certificate.")
  }

  @Test func cutOffAndRunTogetherBlocksAreRefused() throws {
    let pem = try Lab.shared.get().leaf.pem
    let broken = [
      String(pem.dropLast(30)), pem.replacingOccurrences(of: "\n", with: ""),
      pem.replacingOccurrences(of: "MII", with: "M*I"),
      pem.replacingOccurrences(of: "END CERTIFICATE", with: "END PRIVATE KEY"),
      String(pem.prefix(200)) + "\n" + pem,
    ]
    for text in broken { expectError(.malformedPEM) { _ = try PEMContainer(text: text) } }
  }

  @Test func limitsHold() throws {
    let pem = try Lab.shared.get().leaf.pem
    let many = String(repeating: pem, count: 101)
    expectError(.tooMany) { _ = try PEMContainer(text: many) }
    #expect(try PEMContainer(text: many, limits: .bundle).certificates.count == 101)
    expectError(.tooLarge) {
      _ = try PEMContainer(text: String(repeating: "x", count: 1 << 20 + 1))
    }
  }
}
