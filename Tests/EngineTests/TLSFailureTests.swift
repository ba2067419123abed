import Configuration
import Control
import Engine
import Mail
import TLS
import TestSupport
import Testing

@Suite struct TLSFailureTests {
  /// What the log says of a connection that is ended after STARTTLS by `body`.
  private func failure(
    release: Release = .release14, _ change: (inout Configuration) -> Void = { _ in },
    _ body: (Client) async throws -> Void
  ) async throws -> [String] {
    var lines: [String] = []
    try await withWorld(release: release) { configuration in
      configuration.tls = .preferred
      change(&configuration)
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      try await body(client)
      lines = try await world.log(closes: 1).suffix(3)
    }
    return lines
  }

  private func startWith(_ ciphers: String) -> (Client) async throws -> Void {
    { client in
      await #expect(throws: TLSFailure.self) {
        try await client.startTLS(.client(.tls12, .tls12, ciphers: ciphers))
      }
    }
  }

  @Test(arguments: [
    (
      Release.release14,
      "(336109761, 'error:1408A0C1:SSL routines:SSL3_GET_CLIENT_HELLO:no shared cipher')"
    ),
    (.release16, "(167772353, 'error:0A0000C1:SSL routines::no shared cipher')"),
  ])
  func noSharedCipher(release: Release, expected: String) async throws {
    let lines = try await failure(
      release: release, { $0.ssl.inbound.ciphers = "ECDHE-RSA-AES256-GCM-SHA384" },
      startWith("AES128-SHA"))
    #expect(lines == ["ICID 1 TLS failed: \(expected)", "ICID 1 lost", "ICID 1 close"])
  }

  @Test(arguments: [
    ("GET / HTTP/1.0\r\n\r\n", "336027804", "1407609C", "http request"),
    ("EHLO again\r\nEHLO again\r\n", "336027900", "140760FC", "unknown protocol"),
  ])
  func bytesThatAreNoTLS(text: String, number: String, hexadecimal: String, reason: String)
    async throws
  {
    let lines = try await failure { client in
      _ = try await client.command("STARTTLS")
      try await client.send(text)
    }
    let expected =
      "(\(number), 'error:\(hexadecimal):SSL routines:SSL23_GET_CLIENT_HELLO:\(reason)')"
    #expect(lines == ["ICID 1 TLS failed: \(expected)", "ICID 1 lost", "ICID 1 close"])
  }

  @Test func anOldVersion() async throws {
    let lines = try await failure { client in
      await #expect {
        try await client.startTLS(.client(.tls10, .tls10))
      } throws: { ($0 as? TLSFailure)?.reason?.receivedAlert == 70 }
    }
    #expect(
      lines.first == "ICID 1 TLS failed: (336027900,"
        + " 'error:140760FC:SSL routines:SSL23_GET_CLIENT_HELLO:unknown protocol')")
  }

  @Test func aReset() async throws {
    let lines = try await failure { client in
      _ = try await client.command("STARTTLS")
      try await client.reset()
    }
    #expect(
      lines == [
        "ICID 1 TLS failed: [Errno 54] Connection reset by peer", "ICID 1 lost", "ICID 1 close",
      ])
  }

  @Test(arguments: [
    (Release.release11, "(-1, 'Unexpected EOF')"),
    (.release16, "(167772454, 'error:0A000126:SSL routines::unexpected eof while reading')"),
  ])
  func aQuietEnd(release: Release, expected: String) async throws {
    let lines = try await failure(release: release) { client in
      _ = try await client.command("STARTTLS")
      try await client.finish()
    }
    #expect(lines == ["ICID 1 TLS failed: \(expected)", "ICID 1 lost", "ICID 1 close"])
  }

  @Test func aHandshakeThatNeverComes() async throws {
    var limits = ConnectionLimits()
    limits.handshakeTime = .milliseconds(100)
    try await withWorld(limits: limits) {
      $0.tls = .preferred
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      _ = try await client.command("STARTTLS")
      #expect(try await client.rest().isEmpty)
      #expect(
        try await world.log(closes: 1).suffix(3) == [
          "ICID 1 TLS failed: [Errno 60] Operation timed out", "ICID 1 lost", "ICID 1 close",
        ])
    }
  }
}
