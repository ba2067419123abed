import PKI
import TLS
import Testing

@Suite struct FailureTests {
  @Test func noSharedCipher() async throws {
    var pair = try TLSPair(
      client: .client(.tls12, .tls12, ciphers: "AES128-SHA"),
      server: await .server(.tls12, .tls12, ciphers: "ECDHE-RSA-AES256-GCM-SHA384"))
    pair.shakeHands()
    let failure = try #require(pair.failure)
    #expect(failure.reason == .noSharedCipher)
    #expect(failure.description == "error:0A0000C1:SSL routines::no shared cipher")
    // The other side was told.
    #expect(TLSPair.failure(pair.clientState)?.reason?.receivedAlert == 40)
  }

  @Test func versionsWithoutOverlap() async throws {
    var pair = try TLSPair(client: .client(.tls10, .tls10), server: await .server(.tls12, .tls12))
    pair.shakeHands()
    #expect(pair.failure?.reason == .unsupportedProtocol)
    #expect(TLSPair.failure(pair.clientState)?.reason?.receivedAlert == 70)
  }

  @Test(arguments: [
    ("GET / HTTP/1.0\r\n\r\n", TLSFailure.Reason.httpRequest),
    ("NOOP\r\nNOOP\r\nNOOP\r\n", .wrongVersionNumber),
  ])
  func bytesThatAreNoTLS(text: String, expected: TLSFailure.Reason) async throws {
    let server = try TLSConnection(context: await .server())
    server.receive(Array(text.utf8))
    let failure = TLSPair.failure(server.handshake())
    #expect(failure?.reason == expected)
    #expect(failure?.hadAnswered == false)
    #expect(failure?.role == .server)
  }

  @Test func anErrorOfOneConnectionDoesNotReachAnother() async throws {
    let broken = try TLSConnection(context: await .server())
    broken.receive(Array("NOOP\r\nNOOP\r\nNOOP\r\n".utf8))
    #expect(TLSPair.failure(broken.handshake()) != nil)
    var pair = try TLSPair(client: .client(), server: await .server())
    pair.shakeHands()
    #expect(pair.isComplete)
  }

  @Test func brokenRecordsAfterTheHandshakeAreFound() async throws {
    var pair = try TLSPair(client: .client(), server: await .server())
    pair.shakeHands()
    pair.server.receive(Array("no record at all".utf8))
    guard case .failed = pair.server.read() else {
      Issue.record("nonsense was taken for data")
      return
    }
  }

  @Test func writingBeforeTheHandshakeFails() async throws {
    let server = try TLSConnection(context: await .server())
    #expect(throws: TLSFailure.self) {
      try server.write(Array("early".utf8))
    }
  }

  @Test func aLostConnectionIsNamed() async throws {
    let server = try TLSConnection(context: await .server())
    #expect(server.endOfFile().kind == .endOfFile)
  }
}
