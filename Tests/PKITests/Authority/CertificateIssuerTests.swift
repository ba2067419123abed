import Foundation
import PKI
import Testing

/// What an authority issues, as the `openssl` command reads it.
@Suite struct CertificateIssuerTests {
  private static let now = Date(timeIntervalSince1970: 1_795_543_212.75)
  private static let moment = "-attime 1795543300"

  private func root(_ algorithm: KeyAlgorithm = .p256) async throws -> CertificateIssuer {
    try CertificateIssuer(
      root: template("Root"), key: await .generate(algorithm), serialNumber: [1])
  }

  private func template(_ name: String, isAuthority: Bool = false) -> CertificateTemplate {
    CertificateTemplate(
      subject: DistinguishedName(commonName: name, organization: "Trust"), notBefore: Self.now,
      notAfter: Self.now.addingTimeInterval(86_400), isAuthority: isAuthority)
  }

  @Test("A chain of three verifies", arguments: [KeyAlgorithm.p256, .rsa(bits: 2048)])
  func chain(_ algorithm: KeyAlgorithm) async throws {
    let root = try await root(algorithm)
    let key = try await PrivateKey.generate(algorithm)
    let issuing = CertificateIssuer(
      certificate: try root.certify(
        template("Issuing", isAuthority: true), key: key, serialNumber: [2]), key: key)
    var host = template("mail.example.com")
    host.dnsNames = ["mail.example.com", "*.example.com"]
    host.purposes = .serverAuthentication
    let leaf = try issuing.certify(
      host, key: await .generate(algorithm), serialNumber: [3, 4])
    let folder = try Folder()
    try folder.write(root.certificate.pem, to: "root.pem")
    try folder.write(issuing.certificate.pem, to: "issuing.pem")
    try folder.write(leaf.pem, to: "leaf.pem")
    let verify = "verify -x509_strict \(Self.moment) -CAfile root.pem -untrusted issuing.pem"
    try folder.openssl("\(verify) -purpose sslserver -verify_hostname a.example.com leaf.pem")
    let asClient = try folder.attempt("\(verify) -purpose sslclient leaf.pem")
    #expect(asClient.output.contains("unsuitable certificate purpose"))
    let text = try folder.openssl("x509 -in leaf.pem -noout -text")
    #expect(text.contains("CA:FALSE"))
    #expect(text.contains("Authority Key Identifier"))
    #expect(leaf.serialNumber == "0304")
    #expect(leaf.issuer == issuing.certificate.subject)
    #expect(leaf.notAfter == leaf.notBefore.addingTimeInterval(86_400))
    let authority = try folder.openssl("x509 -in issuing.pem -noout -text")
    #expect(authority.contains("CA:TRUE"))
    #expect(authority.contains("Certificate Sign, CRL Sign"))
  }

  @Test func aRequestGivesItsKeyAndNothingElse() async throws {
    let key = try await PrivateKey.generate(.p256)
    let request = try CertificateRequest(
      subject: DistinguishedName(commonName: "wanted.example"), key: key,
      dnsNames: ["wanted.example"])
    let certificate = try await root().certify(
      template("given.example"), request: request, serialNumber: [9])
    #expect(key.fits(certificate))
    #expect(certificate.commonName == "given.example")
    #expect(certificate.dnsNames.isEmpty)
  }

  @Test func aRequestThatAnotherKeySignedIsRefused() async throws {
    var der = try CertificateRequest(
      subject: DistinguishedName(commonName: "wanted.example"), key: await .generate(.p256)
    ).der
    // The last byte belongs to the signature's number.
    der[der.count - 1] ^= 1
    let request = try CertificateRequest(der: der)
    let root = try await root()
    #expect(throws: PKIError.self) {
      try root.certify(template("a.example"), request: request, serialNumber: [9])
    }
  }

  @Test func datesBeyondTheYear9999AreRefused() async throws {
    let root = try await root()
    var late = template("a.example")
    late.notAfter = Date(timeIntervalSince1970: 253_402_300_800)
    #expect(throws: PKIError.self) {
      try root.certify(late, key: root.key, serialNumber: [9])
    }
  }
}
