import Foundation
import PKI
import Testing

@Suite struct DistinguishedNameTests {
  @Test func oneLineHasTheAppliancesOrder() {
    let name = DistinguishedName(
      commonName: "mail.example.com", organization: "Example, Inc.", organizationalUnit: "Mail",
      locality: "San José", state: "California", country: "US")
    #expect(
      name.oneLine()
        == "C=US,ST=California,L=San José,O=Example, Inc.,OU=Mail,CN=mail.example.com")
    #expect(name.oneLine(["CN", "O"]).hasPrefix("CN=mail.example.com,O=Example, Inc.,C=US"))
  }

  @Test func emptyAttributesAreLeftOut() {
    let name = DistinguishedName(commonName: "a.example", country: "DE")
    #expect(name.oneLine() == "C=DE,CN=a.example")
    #expect(name.organization == "")
    #expect(name.attributes.count == 2)
  }

  @Test func descriptionEscapesWhatWouldBeMisread() {
    let name = DistinguishedName(commonName: "#a+b", organization: " Example, \"Inc\" ")
    #expect(name.description == ##"O=\ Example\, \"Inc\"\ ,CN=\#a\+b"##)
    let prefixed = DistinguishedName(commonName: "\u{0D4E},x")
    let escaped = "CN=\u{0D4E}\\,x"
    #expect(prefixed.description == escaped)
  }

  @Test(arguments: [
    (DistinguishedName(commonName: String(repeating: "ä", count: 64)), nil),
    (DistinguishedName(commonName: String(repeating: "ä", count: 65)), PKIError.Code.invalidName),
    (
      DistinguishedName(commonName: "a", organization: String(repeating: "o", count: 65)),
      .invalidName
    ),
    (
      DistinguishedName(commonName: "a", organizationalUnit: String(repeating: "o", count: 65)),
      .invalidName
    ),
    (
      DistinguishedName(commonName: "a", locality: String(repeating: "o", count: 129)), .invalidName
    ),
    (DistinguishedName(commonName: "a", state: String(repeating: "o", count: 128)), nil),
    (DistinguishedName(commonName: "a", country: "USA"), .invalidCountry),
    (DistinguishedName(commonName: "a", country: "Ü"), .invalidCountry),
    (DistinguishedName(commonName: "a", country: "12"), .invalidCountry),
    (DistinguishedName(commonName: "a\u{1B}[2J"), .invalidName),
    (DistinguishedName(commonName: "a\u{0}b"), .invalidName),
    (DistinguishedName(commonName: ""), .invalidName),
  ])
  func valuesOutOfBoundsAreRefusedByName(_ name: DistinguishedName, code: PKIError.Code?)
    async throws
  {
    let key = try await PrivateKey.generate(.p256)
    if let code {
      expectError(code) { try name.validate() }
      expectError(code) { _ = try CertificateRequest(subject: name, key: key) }
    } else {
      #expect(try CertificateRequest(subject: name, key: key).subject == name)
    }
  }

  @Test func foreignAttributesAreKeptInOrder() throws {
    let folder = try Folder()
    try folder.write("oid_section = oids\n[oids]\nown = 1.2.3.4\n" + Lab.configuration, to: "a.cnf")
    try folder.openssl(
      "req -x509 -config a.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -utf8 -multivalue-rdn -subj {} -out a.pem -keyout a.key",
      "/DC=org/DC=example/O=Müller GmbH/OU=One/OU=Two/CN=Jörg+UID=joerg/emailAddress=j@example.org/1.2.3.4=x"
    )
    let certificate = try Certificate(pem: folder.text("a.pem"))
    let name = certificate.subject
    #expect(
      name.description
        == "DC=org,DC=example,O=Müller GmbH,OU=One,OU=Two,CN=Jörg+UID=joerg,emailAddress=j@example.org,1.2.3.4=x"
    )
    #expect(
      name.oneLine()
        == "O=Müller GmbH,OU=One,OU=Two,CN=Jörg,DC=org,DC=example,UID=joerg,emailAddress=j@example.org,1.2.3.4=x"
    )
    #expect(certificate.emailAddresses == ["j@example.org"])
    let again = try JSONDecoder().decode(DistinguishedName.self, from: JSONEncoder().encode(name))
    #expect(again == name)
  }

  @Test func theLastCommonNameCounts() {
    let name = DistinguishedName(relativeNames: [
      [.init(type: "CN", value: "first")], [.init(type: "CN", value: "last")],
    ])
    #expect(name.commonName == "last")
  }

  @Test func openSSLReadsTheSameName() async throws {
    let folder = try Folder()
    let name = DistinguishedName(
      commonName: "post.bücher.example", organization: "Bücher & Söhne", locality: "東京",
      country: "JP")
    let request = try CertificateRequest(subject: name, key: await .generate(.p256))
    try folder.write(request.pem, to: "r.pem")
    let shown = try folder.openssl(
      "req -in r.pem -noout -subject -nameopt utf8,sep_comma_plus,sname")
    #expect(shown == "subject=\(name.oneLine())\n")
    #expect(try folder.openssl("asn1parse -in r.pem").contains("PRINTABLESTRING   :JP"))
  }
}
