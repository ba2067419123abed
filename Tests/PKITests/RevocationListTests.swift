import PKI
import TestSupport
import Testing

/// Revocation lists as they are read.
@Suite struct RevocationListTests {
  private func list(_ number: Int) async throws -> RevocationList {
    let text = try await IssuedCertificates.shared.revocationLists[number]
    return try #require(RevocationList.lists(in: Array(text.utf8)).first)
  }

  @Test func bothEncodingsAreRead() async throws {
    let one = try await list(1)
    #expect(try RevocationList.lists(in: one.der) == [one])
    let text = try await IssuedCertificates.shared.revocationLists.joined(separator: "\n")
    #expect(try await RevocationList.lists(in: Array(text.utf8)) == [list(0), one])
  }

  @Test func whatIsNoListIsRefused() async throws {
    let one = try await list(1)
    for bytes in [[], Array("no list".utf8), one.der + [0], Array(one.der.dropLast())] {
      #expect(throws: PKIError.self) { try RevocationList.lists(in: bytes) }
      #expect(throws: PKIError.self) { try RevocationList(der: bytes) }
    }
  }

  @Test func whoseItIsIsKnown() async throws {
    let issued = try await IssuedCertificates.shared
    let (roots, subs) = try await (list(0), list(1))
    #expect("\(roots.issuer)" == "O=Lab,CN=Lab Root")
    #expect(roots.thisUpdate == IssuedCertificates.date(year: 2026))
    #expect(roots.isAbout(issued.root) && !roots.isAbout(issued.intermediate))
    #expect(roots.isSigned(by: issued.root) && !roots.isSigned(by: issued.intermediate))
    #expect(subs.isSigned(by: issued.intermediate) && !subs.hasIssuer(of: roots))
    let forged = try await RevocationList.lists(
      in: Array(
        IssuedCertificates.foreignList(
          of: "Lab Root", thisUpdate: .testMoment, nextUpdate: .testMoment
        ).utf8))[0]
    #expect(forged.isAbout(issued.root) && forged.hasIssuer(of: roots))
    #expect(!forged.isSigned(by: issued.root))
  }

  @Test(
    "A list that tells a part only is known",
    arguments: [
      ("authorityKeyIdentifier = keyid", false), ("2.5.29.27 = critical, DER:020101", true),
      ("issuingDistributionPoint = @scope\n[scope]\nonlysomereasons = keyCompromise", true),
      ("issuingDistributionPoint = @scope\n[scope]\nindirectCRL = TRUE", true),
      ("issuingDistributionPoint = @scope\n[scope]\nonlyuser = TRUE", false),
    ])
  func scope(extensions: String, isPartial: Bool) throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      Array(
        """
        [ca]
        default_ca = here
        [here]
        database = index
        default_md = sha256
        default_crl_days = 30
        crl_extensions = extensions
        [extensions]
        \(extensions)

        """.utf8), to: "ca.cnf")
    try folder.write([], to: "index")
    try folder.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -out root",
      "-subj /CN=Root")
    try folder.openssl("ca -config ca.cnf -gencrl -keyfile key -cert root -out list")
    let list = try #require(RevocationList.lists(in: Array(folder.text("list").utf8)).first)
    #expect(list.isPartial == isPartial)
  }

  @Test func aDamagedListTakesTheOthersWithIt() async throws {
    let texts = try await IssuedCertificates.shared.revocationLists
    let cut = texts[1].replacing("\n-----END X509 CRL-----", with: "")
    #expect(throws: PKIError.self) { try RevocationList.lists(in: Array((texts[0] + cut).utf8)) }
  }
}
