import Foundation
import PKI
import Peers
import TestSupport
import Testing

/// How the lab's authority answers signing requests.
@Suite struct SigningOrderTests {
  private func request(_ subject: DistinguishedName, names: [String] = []) async throws
    -> CertificateRequest
  { try CertificateRequest(subject: subject, key: await .generate(.p256), dnsNames: names) }

  private let subject = DistinguishedName(
    commonName: "mail.example.com", organization: "Example", country: "US")

  private func answer(
    names: [String] = [], _ change: (inout SigningOrder) -> Void = { _ in }
  ) async throws -> Certificate {
    var order = SigningOrder()
    change(&order)
    return try await Authority(at: .testMoment)
      .answer(request(subject, names: names), order, at: .testMoment)
  }

  @Test func aGoodAnswer() async throws {
    let answer = try await answer()
    #expect(answer.subject == subject)
    #expect(answer.dnsNames == ["mail.example.com"])
    #expect(answer.issuer.commonName == "Lab Issuing CA 2")
    #expect(answer.isCurrent(at: .testMoment))
    #expect(answer.notAfter == Date.testMoment.addingTimeInterval(365 * 86_400))
  }

  @Test func namesComeFromTheRequestFirst() async throws {
    let names = ["a.example.com", "*.b.example.com"]
    #expect(try await answer(names: names).dnsNames == names)
    #expect(
      try await answer(names: names) { $0.names = .chosen(["c.example.com"]) }.dnsNames
        == ["c.example.com"])
    #expect(try await answer(names: names) { $0.names = .none }.dnsNames == [])
  }

  @Test func aPersonIsNoHost() async throws {
    let authority = try await Authority(at: .testMoment)
    for name in ["Joe Smith", "", "192.168.1.1"] {
      let request = try await request(
        DistinguishedName(commonName: name, organization: "Example"))
      #expect(try authority.answer(request, SigningOrder(), at: .testMoment).dnsNames == [])
    }
  }

  @Test("A name that is none is refused", arguments: ["", "10.0.0.1", "a b.com", "*", "a@b.com"])
  func badName(_ name: String) async throws {
    await #expect(throws: PeerError("\"\(name)\" is not a host name.")) {
      try await answer { $0.names = .chosen(["good.example.com", name]) }
    }
  }

  @Test func anExpiredOneExpiredYesterday() async throws {
    let answer = try await answer {
      $0.isExpired = true
      $0.days = 30
    }
    #expect(answer.notAfter == Date.testMoment.addingTimeInterval(-86_400))
    #expect(answer.notBefore == Date.testMoment.addingTimeInterval(-31 * 86_400))
  }

  @Test("Days out of bounds are refused", arguments: [-1, 0, 3651, .max])
  func badDays(_ days: Int) async throws {
    await #expect(throws: PeerError("A certificate is valid for 1 to 3650 days.")) {
      try await answer { $0.days = days }
    }
  }

  @Test func chains() async throws {
    let authority = try await Authority(at: .testMoment)
    var order = SigningOrder()
    order.intermediate = .old
    let leaf = try await authority.answer(request(subject), order, at: .testMoment)
    let issuer = authority.oldIntermediate.certificate
    #expect(leaf.isSigned(by: issuer))
    func chain(_ chain: IssuedChain) -> [Certificate] { authority.chain(chain, of: leaf, by: .old) }
    #expect(chain(.leaf) == [leaf])
    #expect(chain(.nothing) == [leaf])
    #expect(chain(.full) == [leaf, issuer])
    #expect(chain(.withRoot) == [leaf, issuer, authority.root.certificate])
    #expect(chain(.wrongOrder) == [authority.root.certificate, issuer, leaf])
  }

  @Test func anAuthorityIsMadeOnce() async throws {
    let directory = try TemporaryDirectory()
    let folder = AuthorityFolder(directory.path("ca"))
    #expect(
      throws: PeerError(
        "There is no authority in \(folder.path); `esash ca init` makes one.")
    ) { try folder.openExisting() }
    let made = try await folder.create(at: .testMoment)
    #expect(try folder.openExisting().root == made.root)
    await #expect(throws: PeerError("There is an authority in \(folder.path) already.")) {
      try await folder.create(at: .testMoment)
    }
    for (file, certificate) in folder.certificates(of: made) {
      #expect(try Certificate(pem: directory.text("ca/\(file)")) == certificate)
      #expect(directory.mode("ca/\(file)") == 0o600)
    }
  }

  @Test func whatIsNoAuthorityIsLeftAlone() async throws {
    let directory = try TemporaryDirectory()
    let folder = AuthorityFolder(directory.path("ca"))
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: false)
    try directory.write(Array("precious".utf8), to: "ca/file")
    await #expect(
      throws: PeerError("The folder \(folder.path) cannot be made: Directory not empty.")
    ) { try await folder.create(at: .testMoment) }
    #expect(try directory.text("ca/file") == "precious")
  }

  @Test func aCertificateIsRevokedOnce() async throws {
    let directory = try TemporaryDirectory()
    let folder = AuthorityFolder(directory.path("ca"))
    let authority = try await folder.create(at: .testMoment)
    let leaf = try await authority.answer(request(subject), SigningOrder(), at: .testMoment)
    try await folder.revoke(leaf, by: authority, at: .testMoment)
    await #expect(
      throws: PeerError("The certificate of C=US,O=Example,CN=mail.example.com is revoked already.")
    ) { try await folder.revoke(leaf, by: authority, at: .testMoment) }
    #expect(try folder.revocations().map(\.entry.serialNumber) == [leaf.serialNumber])
  }
}
