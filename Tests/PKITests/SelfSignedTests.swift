import Foundation
import PKI
import Testing

@Suite struct SelfSignedTests {
  private static let start = Date(timeIntervalSince1970: 1_795_543_212.75)
  private static let subject = DistinguishedName(
    commonName: "mail.example.com", organization: "Example", country: "US")

  private func make(
    key: PrivateKey, dnsNames: [String] = [], emailAddresses: [String] = [],
    purposes: CertificatePurposes = .tls, days: Int = 3650, serialNumber: [UInt8] = [0x0A, 0xFF]
  ) throws -> Certificate {
    try .selfSigned(
      subject: Self.subject, key: key, dnsNames: dnsNames, emailAddresses: emailAddresses,
      purposes: purposes, notBefore: Self.start, days: days, serialNumber: serialNumber)
  }

  @Test func itIsAsTheApplianceMakesIt() async throws {
    let key = try await PrivateKey.generate(.rsa(bits: 2048))
    let certificate = try make(key: key)
    #expect(certificate.isSelfSigned && !certificate.isAuthority)
    #expect(certificate.subject == Self.subject)
    #expect(certificate.serialNumber == "0AFF")
    #expect(certificate.notBefore == Date(timeIntervalSince1970: 1_795_543_212))
    #expect(certificate.notAfter == certificate.notBefore.addingTimeInterval(3650 * 86_400))
    #expect(certificate.dnsNames.isEmpty)
    #expect(key.fits(certificate))

    let folder = try Folder()
    try folder.write(certificate.pem, to: "a.pem")
    let text = try folder.openssl("x509 -in a.pem -noout -text")
    #expect(text.contains("Version: 3 (0x2)"))
    #expect(text.contains("sha256WithRSAEncryption"))
    #expect(text.contains("CA:FALSE"))
    #expect(text.contains("TLS Web Server Authentication, TLS Web Client Authentication"))
    #expect(!text.contains("Subject Alternative Name"))
  }

  @Test(arguments: ["sslserver", "sslclient"])
  func whoTrustsItCanUseItBothWays(purpose: String) async throws {
    let folder = try Folder()
    try folder.write(make(key: await .generate(.p256)).pem, to: "a.pem")
    let moment = Int(Self.start.timeIntervalSince1970) + 60
    try folder.openssl("verify -CAfile a.pem -purpose \(purpose) -attime \(moment) a.pem")
  }

  @Test func mailCertificatesCarryAnAddress() async throws {
    let certificate = try make(
      key: await .generate(.p256), emailAddresses: ["brad@example.com"], purposes: .emailProtection)
    #expect(certificate.emailAddresses == ["brad@example.com"])
    let folder = try Folder()
    try folder.write(certificate.pem, to: "a.pem")
    let text = try folder.openssl("x509 -in a.pem -noout -text")
    #expect(text.contains("E-mail Protection") && !text.contains("TLS Web"))
    #expect(text.contains("email:brad@example.com"))
  }

  @Test func namesAndNoPurposeAreAsAsked() async throws {
    let certificate = try make(
      key: await .generate(.p256), dnsNames: ["mail.example.com", "*.example.com"], purposes: [])
    #expect(certificate.dnsNames == ["mail.example.com", "*.example.com"])
    let folder = try Folder()
    try folder.write(certificate.pem, to: "a.pem")
    #expect(try !folder.openssl("x509 -in a.pem -noout -text").contains("Extended Key Usage"))
  }

  @Test(
    arguments: [
      (0, [1]), (3651, [1]), (1, []), (1, [0]), (1, [0x80] + Array(repeating: 0, count: 19)),
      (1, Array(repeating: 1, count: 21)),
    ] as [(Int, [UInt8])])
  func durationAndSerialNumberHaveBounds(days: Int, serialNumber: [UInt8]) async throws {
    let key = try await PrivateKey.generate(.p256)
    expectError(.outOfBounds) { _ = try make(key: key, days: days, serialNumber: serialNumber) }
  }

  @Test(arguments: ["bücher.example", "", "a b", "a\u{0}b", String(repeating: "a", count: 256)])
  func alternativeNamesArePlainASCII(name: String) async throws {
    let key = try await PrivateKey.generate(.p256)
    expectError(.invalidName) { _ = try make(key: key, dnsNames: [name]) }
  }

  @Test func edwardsKeysSignToo() throws {
    let folder = try Folder()
    try folder.openssl("genpkey -algorithm ed25519 -out a.key")
    #expect(try make(key: PrivateKey(pem: folder.text("a.key"))).isSelfSigned)
  }
}
