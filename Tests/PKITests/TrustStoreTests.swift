import Foundation
import PKI
import Testing

@Suite struct TrustStoreTests {
  /// Which of the lab's certificates are trusted and sent, under which circumstances.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var trusted = ["root.pem"]
    var sent = ["lower.pem", "upper.pem"]
    var leaf = "leaf.pem"
    var days = 1
    var purpose = VerificationPurpose.server
    var hostName: String?
    /// The first reason and its depth; nil for a verified certificate.
    var code: Int32?
    var depth = 0
  }

  static let cases: [Case] = [
    Case(testDescription: "sound"),
    Case(testDescription: "sent in the wrong order", sent: ["upper.pem", "lower.pem"]),
    Case(testDescription: "no intermediate", sent: [], code: 20),
    Case(testDescription: "half a chain", sent: ["lower.pem"], code: 20, depth: 1),
    Case(testDescription: "unknown authority", trusted: ["other.pem"], code: 20, depth: 2),
    Case(
      testDescription: "root only in the sent chain", trusted: ["other.pem"],
      sent: ["lower.pem", "upper.pem", "root.pem"], code: 19, depth: 3),
    Case(
      testDescription: "an untrusted root itself", trusted: ["other.pem"], sent: [],
      leaf: "root.pem", code: 18),
    Case(testDescription: "a trusted root is no server", sent: [], leaf: "root.pem", code: 26),
    Case(testDescription: "expired leaf", days: 370, code: 10),
    Case(testDescription: "expired intermediate", days: 20, code: 10, depth: 1),
    Case(testDescription: "not yet valid", days: -1, code: 9),
    Case(testDescription: "not for clients", purpose: .client, code: 26),
    Case(testDescription: "exact name", hostName: "mail.example.com"),
    Case(testDescription: "name in capitals", hostName: "MAIL.Example.COM"),
    Case(testDescription: "wildcard", hostName: "a.mx.example.com"),
    Case(testDescription: "two labels are not one", hostName: "a.b.mx.example.com", code: 62),
    Case(testDescription: "no label is not one", hostName: "mx.example.com", code: 62),
    Case(testDescription: "another name", hostName: "example.com", code: 62),
    Case(testDescription: "address", hostName: "10.0.0.1"),
    Case(testDescription: "another address", hostName: "10.0.0.2", code: 64),
    Case(
      testDescription: "an intermediate alone is no end", trusted: ["upper.pem"],
      sent: ["lower.pem"], code: 2, depth: 2),
  ]

  @Test(arguments: cases)
  func reasonsAreThoseOfOpenSSL(_ test: Case) throws {
    let lab = try Lab.shared.get()
    func load(_ name: String) throws -> Certificate { try Certificate(pem: lab.folder.text(name)) }
    let store = try TrustStore(authorities: test.trusted.map(load))
    let moment = lab.leaf.notBefore.addingTimeInterval(Double(test.days) * 86_400)
    let result = try store.verify(
      leaf: load(test.leaf), intermediates: test.sent.map(load), at: moment, purpose: test.purpose,
      hostName: test.hostName)
    #expect(result.failures.first?.code == test.code)
    #expect(result.failures.first?.depth ?? 0 == test.depth)
    #expect(result.isVerified == (test.code == nil))

    let folder = try Folder()
    try folder.write(store.authorities.map(\.pem).joined(), to: "trusted.pem")
    var line = "verify -no-CApath -CAfile trusted.pem -attime \(Int(moment.timeIntervalSince1970))"
    line += " -purpose \(test.purpose == .server ? "sslserver" : "sslclient")"
    for name in test.sent { line += " -untrusted \(lab.folder.path(name))" }
    if let name = test.hostName {
      line += name.first == "1" ? " -verify_ip \(name)" : " -verify_hostname \(name)"
    }
    let openssl = try folder.attempt("\(line) \(lab.folder.path(test.leaf))")
    #expect((openssl.status == 0) == result.isVerified, "\(openssl.output)")
    if !result.isVerified {
      // The command stops at some errors, so that it need not come to the one nearest the leaf.
      #expect(
        result.failures.contains { openssl.output.contains("\($0)") }, "\(openssl.output)")
    }
  }

  @Test func allReasonsAreGivenNearestTheLeafFirst() throws {
    let lab = try Lab.shared.get()
    let result = try TrustStore(authorities: [lab.root]).verify(
      leaf: lab.leaf, intermediates: [lab.lower, lab.upper],
      at: lab.leaf.notBefore.addingTimeInterval(4000 * 86_400), purpose: .client,
      hostName: "else.example")
    #expect(result.failures.map(\.depth) == [0, 0, 0, 1, 2, 3])
    #expect(
      Set(result.failures.map(\.name)) == [
        "X509_V_ERR_INVALID_PURPOSE", "X509_V_ERR_HOSTNAME_MISMATCH", "X509_V_ERR_CERT_HAS_EXPIRED",
      ])
    #expect(result.failures.last?.subject == "O=Lab,CN=Lab Root")
    #expect(result.chain == [lab.leaf, lab.lower, lab.upper, lab.root])
  }

  @Test func reasonsHaveNamesAndWords() {
    let expired = VerificationFailure(code: 10, depth: 0, subject: "CN=a")
    #expect(expired.name == "X509_V_ERR_CERT_HAS_EXPIRED")
    #expect(expired.reason == "certificate has expired")
    #expect(expired.description == "error 10 at 0 depth lookup: certificate has expired")
    let selfSigned = VerificationFailure(code: 18, depth: 0, subject: "")
    #expect(selfSigned.name == "X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT")
    #expect(VerificationFailure(code: 9999, depth: 0, subject: "").name == "X509_V_ERR_9999")
  }

  @Test func weakCertificatesVerify() async throws {
    let key = try await PrivateKey.generate(.rsa(bits: 1024))
    let certificate = try Certificate.selfSigned(
      subject: DistinguishedName(commonName: "weak"), key: key, notBefore: .now, days: 2,
      serialNumber: [1])
    let result = try TrustStore(authorities: [certificate]).verify(
      leaf: certificate, intermediates: [], at: .now)
    #expect(result.isVerified, "\(result.failures)")
    #expect(
      try !TrustStore(authorities: []).verify(leaf: certificate, intermediates: [], at: .now)
        .isVerified)
  }

  @Test func namesThatAreNoneAreRefused() throws {
    let lab = try Lab.shared.get()
    for name in ["", "a\u{0}b"] {
      expectError(.invalidName) {
        _ = try TrustStore(authorities: [lab.root]).verify(
          leaf: lab.leaf, intermediates: [], at: lab.today, hostName: name)
      }
    }
  }

  @Test func theSystemsListLoads() throws {
    let system = try TrustStore()
    #expect(system.authorities.count > 50)
    #expect(system.authorities.filter { !$0.isAuthority } == [])
    let lab = try Lab.shared.get()
    let sent = [lab.lower, lab.upper]
    #expect(try !system.verify(leaf: lab.leaf, intermediates: sent, at: lab.today).isVerified)
    let both = system.adding([lab.root])
    #expect(try both.verify(leaf: lab.leaf, intermediates: sent, at: lab.today).isVerified)
  }

  @Test func oneStrangeEntryDoesNotEmptyABundle() throws {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    let strange = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    try folder.write(strange + lab.root.pem, to: "bundle.pem")
    #expect(try TrustStore(bundle: folder.path("bundle.pem")).authorities == [lab.root])
    expectError(.unreadable) { _ = try TrustStore(bundle: folder.path("missing.pem")) }
    try folder.write("nothing", to: "empty.pem")
    expectError(.unreadable) { _ = try TrustStore(bundle: folder.path("empty.pem")) }
    expectError(.malformedCertificate) { _ = try TrustStore(pem: strange + lab.root.pem) }
  }

  @Test func threadsMayVerifyAtOnce() async throws {
    let lab = try Lab.shared.get()
    let store = TrustStore(authorities: [lab.root])
    let verified = try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<50 {
        group.addTask {
          let sent = index.isMultiple(of: 2) ? [lab.lower, lab.upper] : []
          return try store.verify(leaf: lab.leaf, intermediates: sent, at: lab.today).isVerified
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(verified == 25)
  }
}
