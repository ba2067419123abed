import Foundation
import PKI
import Peers
import TestSupport
import Testing

/// What `openssl s_client` sees of the behaviours that differ in the handshake.
@Suite struct HandshakeBehaviourTests {
  /// A behaviour, what the client is told besides whom to trust, and what it must say; `[name]`
  /// stands for the host and `[files]` for the authority's folder.
  struct Case: CustomTestStringConvertible, Sendable {
    let behaviour: String
    var arguments: [String] = []
    var says: [String]
    var testDescription: String { behaviour }
  }

  static let cases = [
    Case(
      behaviour: "good",
      says: [
        "0 s:CN=mx1.partner.example,O=Lab\n", "1 s:CN=Lab Issuing CA 2", "Verification: OK",
        "Verified peername: mx1.partner.example",
      ]),
    Case(
      behaviour: "self-signed",
      says: ["Verification error: self-signed certificate", "0 s:CN=mx1.partner.example,O=Lab\n"]),
    Case(behaviour: "expired", says: ["Verification error: certificate has expired"]),
    Case(behaviour: "not-yet-valid", says: ["Verification error: certificate is not yet valid"]),
    Case(behaviour: "wrong-name", says: ["Verification error: hostname mismatch"]),
    Case(
      behaviour: "wrong-chain-order",
      says: ["1 s:CN=Lab Root CA,", "2 s:CN=Lab Issuing CA 2", "Verification: OK"]),
    Case(
      behaviour: "duplicate-intermediate",
      says: ["1 s:CN=Lab Issuing CA 2", "2 s:CN=Lab Issuing CA 2", "Verification: OK"]),
    Case(
      behaviour: "missing-intermediate",
      says: ["Verification error: unable to verify the first certificate"]),
    Case(
      behaviour: "expired-intermediate", says: ["Verification error: certificate has expired"]),
    Case(behaviour: "revoked", says: ["Verification: OK"]),
    Case(
      behaviour: "revoked", arguments: ["-crl_check", "-CAfile", "[files]/crl-root.pem"],
      says: ["Verification error: certificate revoked"]),
    Case(
      behaviour: "good", arguments: ["-crl_check", "-CAfile", "[files]/crl-root.pem"],
      says: ["Verification: OK"]),
    Case(behaviour: "handshake-abort", says: ["unexpected eof while reading"]),
    Case(behaviour: "no-shared-cipher", says: ["sslv3 alert handshake failure"]),
    Case(
      behaviour: "no-shared-cipher", arguments: ["-cipher", "eNULL:@SECLEVEL=0", "-tls1_2"],
      says: ["Cipher is ECDHE-ECDSA-NULL-SHA"]),
    Case(behaviour: "old-tls", arguments: ["-no_tls1"], says: ["alert protocol version"]),
    Case(
      behaviour: "old-tls", arguments: ["-tls1", "-cipher", "ALL:@SECLEVEL=0"],
      says: ["Protocol  : TLSv1\n", "Verification: OK"]),
    Case(
      behaviour: "client-certificate-required", arguments: ["-tls1_2"],
      says: ["alert handshake failure"]),
    Case(
      behaviour: "client-certificate-required",
      arguments: ["-tls1_2", "-cert", "[files]/client.pem", "-key", "[files]/client.key"],
      says: ["Verification: OK", "New, TLSv1.2, Cipher is ECDHE-ECDSA-AES256-GCM-SHA384"]),
    Case(
      behaviour: "client-certificate-required",
      arguments: ["-tls1_2", "-cert", "[files]/stranger.pem", "-key", "[files]/client.key"],
      says: ["alert unknown ca"]),
  ]

  @Test("A behaviour is seen by openssl", arguments: cases)
  func seenByOpenSSL(_ wanted: Case) async throws {
    let world = try PeerWorld()
    try await world.withPeer(wanted.behaviour) { peer in
      try await writeFiles(in: world)
      let files = world.lab.authority.path
      let output = try await OutsideProgram.openssl(
        "\(peer.endpoint)",
        ["-CAfile", world.lab.authority.rootFile, "-verify_hostname", PeerWorld.host]
          + wanted.arguments.map { $0.replacing("[files]", with: files) })
      for text in wanted.says {
        #expect(output.contains(text), "\(wanted.behaviour): no \"\(text)\" in:\n\(output)")
      }
    }
  }

  /// The root with the revocation lists; a client's certificate, and one of nobody.
  private func writeFiles(in world: PeerWorld) async throws {
    let folder = world.lab.authority
    let authority = try await folder.open(at: Date())
    let key = try await PrivateKey.generate(.p256)
    let template = CertificateTemplate.host("mail.example.com", at: Date())
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)"))
    }
    try write(
      authority.certify(template, key: key).pem + authority.newIntermediate.certificate.pem,
      "client.pem")
    try write(authority.selfSigned(template, key: key).pem, "stranger.pem")
    try write(key.pem, "client.key")
    try write(
      String(contentsOfFile: folder.rootFile, encoding: .utf8)
        + String(contentsOfFile: folder.revocationFile, encoding: .utf8), "crl-root.pem")
  }

  @Test(
    "Only the good one fits the TLSA record",
    arguments: [
      ("dane-good", "Verification: OK"), ("dane-bad", "Verification error: no matching DANE TLSA"),
    ])
  func dane(_ name: String, _ verdict: String) async throws {
    let world = try PeerWorld()
    try await world.withPeer(name) { peer in
      let line = try String(
        contentsOfFile: world.lab.recordFile(of: PeerWorld.host), encoding: .utf8)
      let record = try #require(line.firstMatch(of: /^_25\._tcp\.(.*)\. IN TLSA (.*) ; dnssec=/))
      #expect(record.1 == PeerWorld.host)
      let output = try await OutsideProgram.openssl(
        "\(peer.endpoint)",
        ["-dane_tlsa_domain", PeerWorld.host, "-dane_tlsa_rrdata", String(record.2)])
      #expect(output.contains(verdict), "\(output)")
    }
  }

  @Test("A key may be RSA", arguments: ["good", "dane-bad", "no-shared-cipher"])
  func rsa(_ name: String) async throws {
    let world = try PeerWorld()
    let peer = try await world.lab.start(
      PeerWorld.host, behaviour(name), at: world.address, algorithm: .rsa(bits: 2048))
    let output = try await OutsideProgram.openssl(
      "\(peer.endpoint)", ["-tls1_2", "-CAfile", world.lab.authority.rootFile])
    await peer.stop()
    let verdict =
      name == "no-shared-cipher"
      ? "alert handshake failure" : "Cipher is ECDHE-RSA-AES256-GCM-SHA384"
    #expect(output.contains(verdict), "\(output)")
    #expect(world.directory.mode("ca/hosts/\(PeerWorld.host).rsa.key") == 0o600)
  }

  @Test func theRecordStaysTheSameFromRunToRun() async throws {
    let world = try PeerWorld()
    var records: Set<String> = []
    for name in ["dane-good", "dane-bad", "good"] {
      let record = try await world.withPeer(name) { _ in
        try String(contentsOfFile: world.lab.recordFile(of: PeerWorld.host), encoding: .utf8)
      }
      records.insert(record)
    }
    #expect(records.count == 1)
  }
}
