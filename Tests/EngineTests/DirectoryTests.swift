import Configuration
import ConfigurationStore
import Control
import Mail
import PKI
import TLS
import TestSupport
import Testing

@testable import Engine

/// What sessions of `ldaptest` with a real server do not show: servers that misbehave.
@Suite struct DirectoryTests {
  private static let zone = "ldap.example.com. A 10.0.0.9\n"

  /// A message with lengths that are longer than they need be.
  private static func message(_ id: UInt8, _ tag: UInt8, code: UInt8) -> [UInt8] {
    [0x30, 0x84, 0, 0, 0, 16, 0x02, 0x01, id, tag, 0x84, 0, 0, 0, 7]
      + [0x0A, 0x01, code, 0x04, 0x00, 0x04, 0x00]
  }

  private static func bound(_ id: UInt8) -> ScriptedDirectory.Answer {
    .bytes(message(id, 0x61, code: 0))
  }

  /// Holds a conversation with a scripted server.
  private func converse(
    _ answers: [ScriptedDirectory.Answer], tls: TLSContext? = nil, isEncrypted: Bool = false,
    release: Release = .release14, _ change: (inout Configuration) throws -> Void = { _ in },
    _ body: (any DirectoryConnection, ScriptedDirectory) async throws -> Void
  ) async throws {
    try await withWorld(release: release, zone: Self.zone, change) { world in
      let engine = EngineClient(directory: world.appliance.directory)
      let directories = ApplianceDirectories(
        of: world.appliance, engine: engine,
        names: ApplianceNames(of: world.appliance, engine: engine))
      let server = try await ScriptedDirectory(
        at: world.source("0.9"), port: 10389, tls: tls, isEncrypted: isEncrypted, answers)
      let connection = try await directories.connect(
        to: ProbedPlace(host: "ldap.example.com", port: 389))
      do {
        try await body(connection, server)
      } catch {
        Issue.record(error)
      }
      await connection.close()
      try await server.stop()
    }
  }

  @Test("It comes from the interface", arguments: [nil, "Data 1", "Management"])
  func source(interface: String?) async throws {
    try await converse([Self.bound(1)]) {
      $0.ldap.interface = interface
    } _: { connection, server in
      try await connection.bind(as: "", password: [])
      let source = interface == "Management" ? "192.168.42.42" : "192.168.1.1"
      #expect(connection.source == source)
      #expect(connection.address == "10.0.0.9")
      let bytes = source.split(separator: ".").suffix(2).joined(separator: ".")
      #expect(server.sources.map { $0.hasSuffix(".\(bytes)") } == [true])
    }
  }

  @Test func whatCannotBeConnectedToIsTold() async throws {
    try await withWorld { world in
      let engine = EngineClient(directory: world.appliance.directory)
      let directories = ApplianceDirectories(
        of: world.appliance, engine: engine,
        names: ApplianceNames(of: world.appliance, engine: engine))
      for (host, reason) in [
        ("10.0.0.9", "unable to connect: connection refused"),
        (
          "nobody.example",
          "DNS lookup failure: There is no IPv4 address of \"nobody.example\"."
        ),
      ] {
        await #expect(throws: DirectoryFailure.unreachable(reason)) {
          _ = try await directories.connect(to: ProbedPlace(host: host, port: 389))
        }
      }
    }
  }

  @Test(
    "A server that does not answer as it should is told",
    arguments: [
      (ScriptedDirectory.Answer.hangUp, "the server closed the connection"),
      (
        .bytes(Array("HTTP/1.1 400 Bad Request\r\n".utf8)),
        "the server does not speak LDAP: a message has another type"
      ),
      (.bytes([0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF]), "the server's answer is too long"),
      (.bytes(message(2, 0x61, code: 0)), "the server answered what was not asked"),
    ])
  func misbehaves(answer: ScriptedDirectory.Answer, reason: String) async throws {
    try await converse([answer]) { connection, _ in
      for _ in 1...2 {
        await #expect(throws: DirectoryFailure.lost(reason)) {
          try await connection.bind(as: "", password: [])
        }
      }
    }
  }

  @Test func aRefusedBindLeavesTheConnection() async throws {
    try await converse([.bytes(Self.message(1, 0x61, code: 49)), Self.bound(2)]) {
      connection, _ in
      await #expect(
        throws: DirectoryFailure.bind("<LDAP Error \"invalidCredentials\" [0x31]>")
      ) { try await connection.bind(as: "cn=a", password: [0x61]) }
      try await connection.bind(as: "", password: [])
    }
  }

  @Test func moreThanAskedForIsAnAnswer() async throws {
    try await converse([.bytes(Self.message(1, 0x65, code: 4))]) { connection, _ in
      let count = try await connection.count("(mail={a})", [:], under: "")
      #expect(count == 0)
      await #expect(
        throws: DirectoryFailure.query("it is no filter: an opening bracket is missing")
      ) { _ = try await connection.count("mail", [:], under: "") }
    }
  }

  @Test func aSilentServerIsLeftAtOnce() async throws {
    try await converse([.silence]) { connection, _ in
      let task = Task { try await connection.bind(as: "", password: []) }
      task.cancel()
      await #expect(throws: DirectoryFailure.self) { try await task.value }
    }
  }

  // MARK: TLS

  @Test(
    "StartTLS can be refused, or answered wrongly",
    arguments: [
      (
        ScriptedDirectory.Answer.bytes(message(1, 0x78, code: 2)),
        DirectoryFailure.tls(
          "the server answered StartTLS with <LDAP Error \"protocolError\" [0x2]>")
      ),
      (
        .bytes(message(1, 0x78, code: 0) + message(0, 0x78, code: 0)),
        .lost("the server sent clear text after its answer to StartTLS")
      ),
      (.hangUp, .lost("the server closed the connection")),
    ])
  func startTLS(answer: ScriptedDirectory.Answer, failure: DirectoryFailure) async throws {
    try await converse([answer]) { connection, _ in
      await #expect(throws: failure) { _ = try await connection.startTLS(.onRequest) }
    }
  }

  @Test func aServerWithoutTLSFailsTheHandshake() async throws {
    try await converse([.bytes(Self.message(1, 0x61, code: 0))]) { connection, _ in
      await #expect(throws: DirectoryFailure.tls("the handshake broke off: wrong version number")) {
        _ = try await connection.startTLS(.atOnce)
      }
    }
  }

  /// A server that demands a certificate of the appliance's.
  private func demanding(_ trusted: Certificate) async throws -> TLSContext {
    let pool = try await CertificatePool.shared
    let certificate = try pool.certificate("ldap.example.com", key: pool.p256Keys[1])
    return try TLSContext(
      role: .server,
      TLSContext.Settings(
        identity: TLSIdentity(
          certificate: certificate, intermediates: [], key: pool.p256Keys[1]),
        minimum: .tls11, maximum: .tls13, verification: .required,
        anchors: TrustAnchors([trusted])))
  }

  @Test(
    "The certificate is presented, with each way and version",
    arguments: [DirectoryTLSStart.atOnce, .onRequest], [Release.release14, .release16])
  func clientCertificate(way: DirectoryTLSStart, release: Release) async throws {
    let profile = try await CertificatePool.shared.profile("own")
    var answers = [Self.bound(1)]
    if way == .onRequest {
      answers = [.startTLS(Self.message(1, 0x78, code: 0)), Self.bound(2)]
    }
    try await converse(
      answers, tls: demanding(profile.certificate), isEncrypted: way == .atOnce, release: release
    ) {
      $0.certificates["own"] = profile
      $0.ldap.certificate = "own"
      $0.ssl.outbound.maximum = release.factoryMaximumTLS
    } _: { connection, _ in
      let tls = try await connection.startTLS(way)
      #expect(tls.presentedCertificate == "own")
      #expect(tls.verifiedName == nil)
      #expect(tls.protocolName == (release.factoryMaximumTLS == .tls13 ? "TLSv1.3" : "TLSv1.2"))
      try await connection.bind(as: "", password: [])
    }
  }

  /// With TLS 1.3 the handshake is over here before the server has judged.
  @Test("Another certificate is refused", arguments: [Release.release14, .release16])
  func wrongCertificate(release: Release) async throws {
    let other = try await CertificatePool.shared.profile("other").certificate
    try await converse(
      [Self.bound(1)], tls: demanding(other), isEncrypted: true, release: release
    ) {
      $0.ssl.outbound.maximum = release.factoryMaximumTLS
    } _: { connection, _ in
      let failure = await #expect(throws: DirectoryFailure.self) {
        _ = try await connection.startTLS(.atOnce)
        try await connection.bind(as: "", password: [])
      }
      guard case .tls(let reason) = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(reason.contains("alert") || reason.contains("after the handshake"), "\(reason)")
    }
  }

  @Test(
    "Whose certificate is good",
    arguments: [
      (["ldap.example.com"], "x", "ldap.example.com", "ldap.example.com"),
      (["*.example.com"], "x", "ldap.example.com", "*.example.com"),
      ([], "ldap.example.com", "ldap.example.com", "ldap.example.com"),
      (["a.example"], "ldap.example.com", "ldap.example.com", nil),
      (["a.example"], "x", "10.0.0.9", nil), ([], "10.0.0.9", "10.0.0.9", nil),
    ] as [([String], String, String, String?)])
  func names(names: [String], common: String, host: String, match: String?) async throws {
    let key = try await CertificatePool.shared.p256Keys[0]
    let certificate = try Certificate.selfSigned(
      subject: DistinguishedName(commonName: common), key: key, dnsNames: names,
      notBefore: .testMoment, days: 1, serialNumber: [1])
    func check(full: Bool = false) throws -> String {
      try DirectoryService.name(of: certificate, for: host, demandsFullNames: full)
    }
    guard let match else {
      let all = ([common] + names).joined(separator: ", ")
      #expect(
        throws: DirectoryFailure.tls("hostname mismatch, the certificate is for \(all)")
      ) { try check() }
      return
    }
    #expect(try check() == match)
    if common == "x" {
      #expect(
        throws: DirectoryFailure.tls(
          "certificate name is not fully qualified, the certificate is for x, \(match)")
      ) { try check(full: true) }
    }
  }

  @Test func anAddressMayStandInACertificate() throws {
    let folder = try TemporaryDirectory()
    try folder.openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem",
      "-days 9 -subj /CN=x -addext subjectAltName=IP:10.0.0.9")
    let certificate = try Certificate(pem: folder.text("cert.pem"))
    #expect(
      try DirectoryService.name(of: certificate, for: "10.0.0.9", demandsFullNames: false)
        == "10.0.0.9")
  }
}
