import Configuration
import Control
import Engine
import PKI
import TLS
import TestSupport
import Testing

@Suite struct WebTests {
  private func get(_ world: TestWorld, _ request: String = "GET / HTTP/1.1") async throws -> (
    answer: String, leaf: Certificate?
  ) {
    let client = try await Client(
      world.service(.https, "Management"), from: world.source("0.9"))
    try await client.shakeHands(.client())
    try await client.send("\(request)\r\nHost: x\r\nConnection: close\r\n\r\n")
    let answer = try await client.rest()
    return (answer, try await client.peerChain.first)
  }

  @Test func thePageNamesHostInterfaceReleaseAndCertificate() async throws {
    let pool = try await CertificatePool.shared
    try await withWorld { configuration in
      configuration.certificates["web"] = try pool.profile("web.example.com <b>")
      configuration.interfaces["Management"]?.httpsCertificate = "web"
      configuration.interfaces["Management"]?.hostName = "gui.example.com"
    } _: { world in
      let (answer, leaf) = try await get(world)
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.contains("gui.example.com"))
      #expect(answer.contains("Management (192.168.42.42/24)"))
      #expect(answer.contains("AsyncOS 14.2.0 build 620"))
      #expect(answer.contains("web.example.com \\&lt;b"))
      #expect(!answer.contains("<b>"))
      let certificate = try #require(leaf)
      #expect(certificate.commonName == "web.example.com <b>")
      #expect(answer.contains(certificate.sha256))
    }
  }

  @Test(arguments: [
    ("GET /favicon.ico HTTP/1.1", "HTTP/1.1 404 Not Found"),
    ("POST / HTTP/1.1", "HTTP/1.1 405 Method Not Allowed"),
    ("HEAD / HTTP/1.1", "HTTP/1.1 200 OK"), ("NONSENSE", "HTTP/1.1 400 Bad Request"),
  ])
  func otherRequests(request: String, status: String) async throws {
    try await withWorld { _ in
    } _: { world in
      let answer = try await get(world, request).answer
      #expect(answer.hasPrefix(status + "\r\n"), "\(answer)")
      #expect(!answer.contains("<html"))
    }
  }

  @Test func aCommitChangesTheCertificateAtOnce() async throws {
    let pool = try await CertificatePool.shared
    try await withWorld { _ in
    } _: { world in
      #expect(try await get(world).leaf?.commonName == "Cisco Appliance Demo Certificate")
      try await world.commit { configuration in
        configuration.certificates["web"] = try pool.profile("web.example.com")
        configuration.interfaces["Management"]?.httpsCertificate = "web"
      }
      #expect(try await get(world).leaf?.commonName == "web.example.com")
    }
  }

  @Test func sslConfigsGUISettingsAreObeyed() async throws {
    try await withWorld { configuration in
      configuration.ssl.gui.minimum = .tls12
      configuration.ssl.gui.maximum = .tls12
    } _: { world in
      let client = try await Client(
        world.service(.https, "Management"), from: world.source("0.9"))
      await #expect(throws: TLSFailure.self) {
        try await client.shakeHands(.client(.tls11, .tls11))
      }
      #expect(try await get(world).answer.contains("200 OK"))
    }
  }

  @Test func clearTextIsRefused() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = try await Client(
        world.service(.https, "Management"), from: world.source("0.9"))
      try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(try await !client.rest().contains("HTTP"))
    }
  }
}
