import Foundation
import PKI
import Testing

/// Revocation lists, as the `openssl` command reads them.
@Suite struct RevocationTests {
  private static let now = Date(timeIntervalSince1970: 1_795_543_212)

  private func makeRoot() async throws -> CertificateIssuer {
    try CertificateIssuer(
      root: CertificateTemplate(
        subject: DistinguishedName(commonName: "Root"), notBefore: Self.now,
        notAfter: Self.now.addingTimeInterval(86_400)),
      key: await .generate(.p256), serialNumber: [1])
  }

  private func list(_ root: CertificateIssuer, _ serials: [String]) throws -> String {
    try root.revocationList(
      serials.map { RevokedCertificate(serialNumber: $0, date: Self.now) }, number: 7,
      thisUpdate: Self.now, nextUpdate: Self.now.addingTimeInterval(3600))
  }

  @Test func theListedCertificateIsRevokedAndNoOther() async throws {
    let root = try await makeRoot()
    let folder = try Folder()
    try folder.write(root.certificate.pem, to: "root.pem")
    for (name, serial) in [("bad", UInt8(0xAB)), ("good", 0x10)] {
      let leaf = try root.certify(
        CertificateTemplate(
          subject: DistinguishedName(commonName: name), notBefore: Self.now,
          notAfter: Self.now.addingTimeInterval(3600)),
        key: root.key, serialNumber: [serial])
      try folder.write(leaf.pem, to: "\(name).pem")
    }
    try folder.write(list(root, ["FF", "AB", "01"]), to: "crl.pem")
    let verify = "verify -crl_check -attime 1795543300 -CAfile root.pem -CRLfile crl.pem"
    try folder.openssl("\(verify) good.pem")
    #expect(try folder.attempt("\(verify) bad.pem").output.contains("certificate revoked"))
    let text = try folder.openssl("crl -in crl.pem -noout -text -CAfile root.pem")
    #expect(text.contains("verify OK"))
    #expect(text.contains("X509v3 CRL Number: \n                7"))
    #expect(text.contains("Version 2"))
    #expect(text.contains("Nov 24 18:00:12 2026 GMT"))
  }

  @Test func aListMayBeEmpty() async throws {
    let folder = try Folder()
    try folder.write(list(await makeRoot(), []), to: "crl.pem")
    #expect(try folder.openssl("crl -in crl.pem -noout -text").contains("No Revoked Certificates"))
  }

  @Test("What is no number is refused", arguments: ["", "xyz", "12 ", "0x1"])
  func strangeSerialNumber(_ serial: String) async throws {
    let root = try await makeRoot()
    #expect {
      try list(root, [serial])
    } throws: {
      "\($0)" == "\"\(serial)\" is no serial number."
    }
  }
}
