import Foundation
import PKI
import Peers
import Synchronization
import TestSupport
import Testing

/// The lab's authority and the folder in which it is kept.
@Suite struct AuthorityTests {
  private let directory: TemporaryDirectory
  private let folder: AuthorityFolder

  init() throws {
    directory = try TemporaryDirectory()
    folder = AuthorityFolder(directory.path("network/ca"))
  }

  private func leaf(_ authority: Authority, _ intermediate: Authority.Intermediate) async throws
    -> Certificate
  {
    try authority.certify(
      .host("mail.example.com", at: .testMoment), key: await .generate(.p256), by: intermediate)
  }

  private func isTrusted(
    _ leaf: Certificate, by root: CertificateIssuer, with intermediates: [Certificate]
  ) throws -> Bool {
    try TrustStore(authorities: [root.certificate]).verify(
      leaf: leaf, intermediates: intermediates, at: .testMoment, hostName: "mail.example.com"
    ).isVerified
  }

  @Test func bothIntermediatesLeadToTheRoot() async throws {
    let authority = try await Authority(at: .testMoment)
    for intermediate in Authority.Intermediate.allCases {
      let leaf = try await leaf(authority, intermediate)
      let certificate = authority.issuer(intermediate).certificate
      #expect(try isTrusted(leaf, by: authority.root, with: [certificate]))
      #expect(try !isTrusted(leaf, by: authority.root, with: []))
    }
    let new = try await leaf(authority, .new)
    #expect(
      try !isTrusted(new, by: authority.root, with: [authority.oldIntermediate.certificate]))
  }

  @Test func theCrossSignLeadsOldClientsToTheFormerRoot() async throws {
    let authority = try await Authority(at: .testMoment)
    let leaf = try await leaf(authority, .new)
    #expect(try isTrusted(leaf, by: authority.formerRoot, with: [authority.crossSign]))
    #expect(try !isTrusted(leaf, by: authority.root, with: [authority.crossSign]))
    #expect(
      try !isTrusted(
        leaf, by: authority.formerRoot, with: [authority.newIntermediate.certificate]))
  }

  @Test func aRequestIsAnswered() async throws {
    let authority = try await Authority(at: .testMoment)
    let key = try await PrivateKey.generate(.p256)
    let request = try CertificateRequest(
      subject: DistinguishedName(commonName: "mail.example.com"), key: key)
    let certificate = try authority.certify(
      .host("mail.example.com", at: .testMoment), request: request, by: .old)
    #expect(key.fits(certificate))
    #expect(
      try isTrusted(
        certificate, by: authority.root, with: [authority.oldIntermediate.certificate]))
  }

  @Test func listsCanBeRenewed() async throws {
    let authority = try await folder.open(at: .testMoment)
    try await folder.revoke(leaf(authority, .new), by: authority, at: .testMoment)
    let later = Date.testMoment.addingTimeInterval(30 * 86_400)
    try await folder.renewLists(of: authority, at: later)
    let lists = try directory.text("network/ca/crl.pem")
      .components(separatedBy: "-----END X509 CRL-----\n").dropLast()
    #expect(lists.count == 3)
    for (index, list) in lists.enumerated() {
      let text = try await OutsideProgram.run(
        ["openssl", "crl", "-noout", "-text"], input: list + "-----END X509 CRL-----\n"
      ).output
      #expect(text.contains("Last Update: Dec 24 18:00:12 2026 GMT"))
      #expect(text.contains("Next Update: Dec 31 18:00:12 2026 GMT"))
      #expect(text.contains("Revoked Certificates:\n") == (index == 2))
    }
  }

  @Test func keysMayBeRSA() async throws {
    let authority = try await Authority(at: .testMoment, algorithm: .rsa(bits: 2048))
    #expect(authority.root.key.keyDescription == "RSA 2048 bits")
    #expect(authority.crossSign.keyDescription == "RSA 2048 bits")
  }

  @Test func serialNumbersAreInjected() async throws {
    let counter = Counter()
    let authority = try await Authority(at: .testMoment, serialNumber: { counter.next() })
    #expect(authority.root.certificate.serialNumber == "01")
    #expect(authority.crossSign.serialNumber == "05")
    #expect(try await leaf(authority, .old).serialNumber == "06")
  }

  @Test func theNextRunFindsTheSameAuthority() async throws {
    let first = try await folder.open(at: .testMoment)
    let second = try await folder.open(at: .testMoment.addingTimeInterval(86_400))
    #expect(first.root == second.root && first.formerRoot == second.formerRoot)
    #expect(first.newIntermediate == second.newIntermediate)
    #expect(first.oldIntermediate == second.oldIntermediate)
    #expect(first.crossSign == second.crossSign)
    #expect(try Certificate(pem: directory.text("network/ca/root.pem")) == first.root.certificate)
  }

  @Test func filesAreTheirOwnersAlone() async throws {
    _ = try await folder.open(at: .testMoment)
    _ = try await folder.key(of: "mx1.partner.example")
    #expect(directory.mode("network/ca") == 0o700)
    for name in ["root.key", "intermediate-new.key", "hosts/mx1.partner.example.key"] {
      #expect(directory.mode("network/ca/\(name)") == 0o600)
    }
  }

  @Test func whoeverMakesItAtOnceGetsTheSame() async throws {
    let roots = try await withThrowingTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { try await folder.open(at: .testMoment).root.certificate }
      }
      return try await group.reduce(into: Set<Certificate>()) { $0.insert($1) }
    }
    #expect(roots.count == 1)
    let left = try FileManager.default.contentsOfDirectory(atPath: directory.path("network"))
    #expect(left == ["ca"])
  }

  @Test func aHostsKeyIsKept() async throws {
    _ = try await folder.open(at: .testMoment)
    let key = try await folder.key(of: "mx1.partner.example")
    #expect(try await folder.key(of: "MX1.partner.example") == key)
    #expect(try await folder.key(of: "mx2.partner.example") != key)
    for name in ["", "../root", "a/b", ".hidden"] {
      await #expect(throws: PeerError.self) { try await folder.key(of: name) }
    }
  }

  @Test func aDamagedFolderIsASentence() async throws {
    _ = try await folder.open(at: .testMoment)
    try FileManager.default.removeItem(atPath: directory.path("network/ca/former-root.key"))
    await #expect(
      throws: PeerError("The authority in \(folder.path) lacks its former-root.key.")
    ) { try await folder.open(at: .testMoment) }
  }

  @Test func revocationsAddUp() async throws {
    let authority = try await folder.open(at: .testMoment)
    let leaves = [
      try await leaf(authority, .old), try await leaf(authority, .new),
      try await leaf(authority, .new),
    ]
    for leaf in leaves.prefix(2) {
      try await folder.revoke(leaf, by: authority, at: .testMoment)
    }
    let lists = directory.path("network/ca/crl.pem")
    try directory.write(
      Array((authority.root.certificate.pem + directory.text("network/ca/crl.pem")).utf8),
      to: "trust.pem")
    #expect(access(lists, R_OK) == 0)
    for (index, leaf) in leaves.enumerated() {
      try directory.write(Array(leaf.pem.utf8), to: "leaf.pem")
      let issuer = authority.issuer(index == 0 ? .old : .new).certificate
      try directory.write(Array(issuer.pem.utf8), to: "issuer.pem")
      let result = try await OutsideProgram.run([
        "openssl", "verify", "-crl_check_all", "-attime",
        "\(Int(Date.testMoment.timeIntervalSince1970) + 60)", "-CAfile",
        directory.path("trust.pem"), "-untrusted", directory.path("issuer.pem"),
        directory.path("leaf.pem"),
      ])
      #expect((result.status == 0) == (index == 2), "\(result.output)")
      #expect(result.output.contains("certificate revoked") == (index < 2))
    }
    let stranger = try await Authority(at: .testMoment)
    let foreign = try await leaf(stranger, .new)
    await #expect(throws: PeerError.self) {
      try await folder.revoke(foreign, by: authority, at: .testMoment)
    }
  }
}

/// Serial numbers 1, 2, 3.
private final class Counter: Sendable {
  private let value = Mutex<UInt8>(0)

  func next() -> [UInt8] {
    value.withLock { value in
      value += 1
      return [value]
    }
  }
}
