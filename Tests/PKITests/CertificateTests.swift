import Foundation
import PKI
import Testing

@Suite struct CertificateTests {
  @Test func fieldsAreWhatOpenSSLShows() throws {
    let lab = try Lab.shared.get()
    let leaf = lab.leaf
    #expect(try lab.folder.x509("-serial", of: "leaf.pem") == "serial=\(leaf.serialNumber)")
    let print = try lab.folder.x509("-fingerprint -sha256", of: "leaf.pem")
    #expect(print.split(separator: "=")[1].filter { $0 != ":" }.lowercased() == leaf.sha256)
    let end = try lab.folder.x509("-enddate -dateopt iso_8601", of: "leaf.pem")
    #expect(
      end == "notAfter=" + leaf.notAfter.ISO8601Format().replacingOccurrences(of: "T", with: " "))
    #expect(leaf.notAfter.timeIntervalSince(leaf.notBefore) == 365 * 86_400)
    try lab.folder.openssl("x509 -in leaf.pem -noout -pubkey -out leaf.pub")
    try lab.folder.openssl("pkey -pubin -in leaf.pub -outform DER -out leaf.spki")
    let digest = try lab.folder.openssl("dgst -sha256 -r leaf.spki")
    #expect(digest.hasPrefix(leaf.publicKeySHA256))
  }

  @Test func namesAreReadByType() throws {
    let leaf = try Lab.shared.get().leaf
    #expect(leaf.commonName == "mail.example.com")
    #expect(
      leaf.subject.oneLine() == "C=US,ST=Ohio,L=Columbus,O=Example,OU=Mail,CN=mail.example.com")
    #expect(leaf.issuer.description == "O=Lab,CN=Lab Lower CA")
    #expect(leaf.dnsNames == ["mail.example.com", "*.mx.example.com"])
    #expect(leaf.emailAddresses == ["post@example.com"])
    #expect(leaf.ipAddresses == ["10.0.0.1", "fd00:0:0:0:0:0:0:1"])
  }

  @Test func issuersAreRecognised() throws {
    let lab = try Lab.shared.get()
    #expect(lab.root.isSelfSigned && lab.root.isSelfIssued && lab.root.isAuthority)
    #expect(!lab.leaf.isSelfSigned && !lab.leaf.isSelfIssued && !lab.leaf.isAuthority)
    #expect(lab.lower.isAuthority && !lab.lower.isSelfSigned)
    #expect(lab.leaf.isSigned(by: lab.lower))
    #expect(!lab.leaf.isSigned(by: lab.upper))
    #expect(!lab.leaf.isSigned(by: lab.leaf))
  }

  @Test func theSameNameWithAnotherKeyDidNotSign() throws {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    try folder.write(Lab.configuration, to: "ca.cnf")
    try folder.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config ca.cnf -extensions ca -subj {} -out fake.pem -keyout fake.key",
      "/O=Lab/CN=Lab Lower CA")
    let fake = try Certificate(pem: folder.text("fake.pem"))
    #expect(fake.subject == lab.lower.subject)
    #expect(!lab.leaf.isSigned(by: fake))
  }

  @Test func pemIsWhatOpenSSLWrites() throws {
    let lab = try Lab.shared.get()
    #expect(try lab.folder.openssl("x509 -in leaf.pem") == lab.leaf.pem)
    #expect(try Certificate(pem: lab.leaf.pem) == lab.leaf)
  }

  @Test(arguments: [
    ("rsa:1024", "-md5", "RSA 1024 bits", 1024, "md5WithRSAEncryption"),
    ("rsa:1024", "-sha1", "RSA 1024 bits", 1024, "sha1WithRSAEncryption"),
    ("ed25519", "", "Ed25519", 256, "ED25519"),
    ("ec -pkeyopt ec_paramgen_curve:P-384", "-sha384", "ECDSA P-384", 384, "ecdsa-with-SHA384"),
    ("ec -pkeyopt ec_paramgen_curve:secp256k1", "", "ECDSA secp256k1", 256, "ecdsa-with-SHA256"),
  ])
  func weakAndUnusualOnesLoad(
    kind: String, digest: String, words: String, bits: Int, signature: String
  ) throws {
    let folder = try Folder()
    try folder.openssl(
      "req -x509 -newkey \(kind) -nodes \(digest) -subj /CN=weak.example -out a.pem -keyout a.key")
    let certificate = try Certificate(pem: folder.text("a.pem"))
    let key = try PrivateKey(pem: folder.text("a.key"))
    #expect(certificate.keyDescription == words)
    #expect(key.bits == bits)
    #expect(certificate.signatureAlgorithm == signature)
    #expect(certificate.isSelfSigned)
    #expect(key.fits(certificate))
    #expect(key.keyDescription == words)
  }

  @Test func codedFormIsBase64OfTheEncoding() throws {
    let leaf = try Lab.shared.get().leaf
    let json = try JSONEncoder().encode([leaf])
    #expect(
      try JSONDecoder().decode([String].self, from: json) == [Data(leaf.der).base64EncodedString()])
    #expect(try JSONDecoder().decode([Certificate].self, from: json) == [leaf])
    let wrong = try JSONEncoder().encode(["AAAA"])
    expectError(.malformedCertificate) {
      _ = try JSONDecoder().decode([Certificate].self, from: wrong)
    }
  }

  @Test func whatFollowsTheEncodingIsRefused() throws {
    let leaf = try Lab.shared.get().leaf
    expectError(.malformedCertificate) { _ = try Certificate(der: leaf.der + [0]) }
    expectError(.malformedCertificate) { _ = try Certificate(der: leaf.der.dropLast()) }
    expectError(.malformedCertificate) { _ = try Certificate(der: []) }
  }

  @Test func hostileNamesCannotMoveTheCursor() throws {
    let folder = try Folder()
    try folder.write(Lab.configuration, to: "a.cnf")
    try folder.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -utf8 -config a.cnf -subj {} -out a.pem -keyout a.key",
      "/O=\u{202E}moc/CN=\u{1B}[2Jevil\u{7}")
    let certificate = try Certificate(pem: folder.text("a.pem"))
    #expect(certificate.commonName == #"\1b[2Jevil\07"#)
    #expect(certificate.subject.organization == #"\u202emoc"#)
  }

  @Test func aThousandAreListedComfortably() throws {
    let leaf = try Lab.shared.get().leaf
    // The thread's own time: how busy the machine is shall not count.
    let start = try threadTime()
    for _ in 0..<1_000 {
      let certificate = try Certificate(der: leaf.der)
      #expect(!certificate.commonName.isEmpty && !certificate.issuer.isEmpty)
      #expect(certificate.isCurrent(at: certificate.notAfter))
    }
    #expect(try threadTime() - start < 3)
  }

  /// Seconds that this thread has used of a processor.
  private func threadTime() throws -> Double {
    var time = timespec()
    try #require(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
