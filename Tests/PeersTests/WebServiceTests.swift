import Foundation
import PKI
import Peers
import TestSupport
import Testing

/// The lab's web security service, as curl sees it.
@Suite struct WebServiceTests {
  private let world: PeerWorld

  init() throws { world = try PeerWorld() }

  /// Sends a request to a peer.
  ///
  /// - Returns: the status of HTTP, `000` without an answer.
  private func status(of peer: Peer, _ options: [String] = []) async throws -> String {
    let result = try await OutsideProgram.run(
      [
        "curl", "--silent", "--cacert", world.lab.authority.rootFile, "--connect-to",
        "\(PeerWorld.host):443:\(peer.endpoint)", "--write-out", "%{http_code}", "--output",
        "/dev/null",
      ] + options + ["https://\(PeerWorld.host)/look/up"])
    return result.output
  }

  @Test func aClientOfTheAuthorityIsAnsweredAndRemembered() async throws {
    let authority = try await world.lab.authority.open(at: Date())
    let key = try await CertificatePool.shared.key(.p256)
    let certificate = try authority.certify(.host("mail.example.com", at: Date()), key: key)
    let chain = certificate.pem + authority.issuer(.new).certificate.pem
    try world.directory.write(Array((chain + key.pem).utf8), to: "client.pem")
    try await world.withPeer("web-service") { peer in
      let status = try await status(of: peer, ["--cert", world.directory.path("client.pem")])
      #expect(status == "200")
      let text = try world.directory.text("mailbox/\(PeerWorld.host)/000001.eml")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.first == "Peer: mx1.partner.example")
      #expect(lines.contains("Behaviour: web-service"))
      #expect(lines.contains { $0.hasPrefix("TLS: TLSv1.") })
      #expect(lines.contains("Client-Certificate: \(certificate.subject)"))
      #expect(lines.contains("Client-SHA256: \(certificate.sha256)"))
      #expect(text.contains("\n\nGET /look/up HTTP/1.1\n"))
    }
  }

  @Test func aClientWithoutACertificateIsRefused() async throws {
    try await world.withPeer("web-service") { peer in
      let status = try await status(of: peer)
      #expect(status == "000")
      #expect(peer.mailbox.files.isEmpty)
    }
  }

  @Test func theOpenOneAsksForNothing() async throws {
    try await world.withPeer("web-service-open") { peer in
      let status = try await status(of: peer)
      #expect(status == "200")
      let text = try world.directory.text("mailbox/\(PeerWorld.host)/000001.eml")
      #expect(!text.contains("Client-SHA256"))
    }
  }
}
