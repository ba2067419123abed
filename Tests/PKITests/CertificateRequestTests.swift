import Foundation
import PKI
import Testing

@Suite struct CertificateRequestTests {
  private static let subject = DistinguishedName(commonName: "mail.example.com", country: "US")

  @Test func openSSLAcceptsIt() async throws {
    let key = try await PrivateKey.generate(.rsa(bits: 2048))
    let request = try CertificateRequest(
      subject: Self.subject, key: key, dnsNames: ["mail.example.com"],
      emailAddresses: ["a@example.com"])
    #expect(request.hasValidSignature)
    #expect(request.publicKeySHA256 == key.publicKeySHA256)
    #expect(request.dnsNames == ["mail.example.com"])
    #expect(request.emailAddresses == ["a@example.com"])
    let folder = try Folder()
    try folder.write(request.pem, to: "r.pem")
    let text = try folder.openssl("req -in r.pem -noout -text -verify")
    #expect(
      text.contains("verify OK") && text.contains("DNS:mail.example.com, email:a@example.com"))
    #expect(try folder.openssl("req -in r.pem") == request.pem)
  }

  @Test func withoutNamesItAsksForNoExtension() async throws {
    let request = try CertificateRequest(subject: Self.subject, key: await .generate(.p256))
    #expect(request.dnsNames.isEmpty)
    let folder = try Folder()
    try folder.write(request.pem, to: "r.pem")
    #expect(try !folder.openssl("req -in r.pem -noout -text").contains("X509v3"))
  }

  @Test func anRSAKeyGivesTheSameRequestEachTime() throws {
    let lab = try Lab.shared.get()
    let one = try CertificateRequest(subject: lab.leaf.subject, key: lab.leafKey)
    let again = try CertificateRequest(subject: lab.leaf.subject, key: lab.leafKey)
    #expect(one == again)
  }

  @Test func anECKeysRequestIsTheSameHoweverItWasSigned() async throws {
    let key = try await PrivateKey.generate(.p256)
    let one = try CertificateRequest(subject: Self.subject, key: key)
    let again = try CertificateRequest(subject: Self.subject, key: key)
    #expect(one.der != again.der && one == again && one.hashValue == again.hashValue)
    #expect(try await one != CertificateRequest(subject: Self.subject, key: .generate(.p256)))
    var damaged = one.der
    damaged[damaged.count - 1] ^= 1
    #expect(try one != CertificateRequest(der: damaged))
  }

  @Test func aSuccessorsNamesAreThoseOfTheCertificate() async throws {
    let folder = try Folder()
    let names = "subjectAltName=DNS:mail.example.com,IP:192.0.2.1,email:a@example.com"
    let unit = String(repeating: "u", count: 64)
    for subject in ["/", "/CN=Mail Gateway/OU=\(unit)/OU=\(unit)/C=US"] {
      _ = try folder.openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout key -subj {} -addext \(names) -out c.pem",
        subject)
      let certificate = try Certificate(pem: folder.text("c.pem"))
      let request = try CertificateRequest(
        succeeding: certificate, key: PrivateKey(pem: folder.text("key")))
      #expect(request.hasValidSignature)
      #expect(request.subject == certificate.subject)
      try folder.write(request.pem, to: "r.pem")
      #expect(
        try folder.openssl("req -in r.pem -noout -text -verify")
          .contains("DNS:mail.example.com, IP Address:192.0.2.1, email:a@example.com"))
    }
  }

  @Test func anAuthorityCanSignIt() async throws {
    let lab = try Lab.shared.get()
    let key = try await PrivateKey.generate(.p256)
    let folder = try Folder()
    try folder.write(CertificateRequest(subject: Self.subject, key: key).pem, to: "r.pem")
    let ca = "-CA \(lab.folder.path("root.pem")) -CAkey \(lab.folder.path("root.key"))"
    try folder.openssl("x509 -req -in r.pem \(ca) -days 30 -out c.pem")
    let certificate = try Certificate(pem: folder.text("c.pem"))
    #expect(key.fits(certificate) && certificate.isSigned(by: lab.root))
  }

  @Test func openSSLsOwnAreRead() throws {
    let folder = try Folder()
    try folder.openssl(
      "req -new -newkey rsa:2048 -nodes -keyout a.key -subj /CN=b.example -addext subjectAltName=DNS:c.example -out a.pem"
    )
    let text = try folder.text("a.pem")
    let request = try CertificateRequest(pem: text)
    #expect(request.subject.commonName == "b.example")
    #expect(request.dnsNames == ["c.example"])
    #expect(
      try CertificateRequest(
        pem: text.replacingOccurrences(of: "BEGIN C", with: "BEGIN NEW C")
          .replacingOccurrences(of: "END C", with: "END NEW C")) == request)
  }

  @Test func aBrokenSignatureShows() async throws {
    var der = try CertificateRequest(subject: Self.subject, key: await .generate(.rsa(bits: 1024)))
      .der
    der[der.count - 1] ^= 1
    #expect(try !CertificateRequest(der: der).hasValidSignature)
  }

  @Test func codedFormIsBase64() async throws {
    let request = try CertificateRequest(subject: Self.subject, key: await .generate(.p256))
    let json = try JSONEncoder().encode([request])
    #expect(try JSONDecoder().decode([CertificateRequest].self, from: json) == [request])
  }
}
