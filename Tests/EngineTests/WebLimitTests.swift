import Control
import Engine
import Foundation
import TLS
import TestSupport
import Testing

/// What strangers can make of the HTTPS page: nothing grows, nothing lasts, nobody is kept out.
@Suite struct WebLimitTests {
  private static let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

  private func limits(_ change: (inout WebLimits) -> Void) -> WebLimits {
    var limits = WebLimits()
    change(&limits)
    return limits
  }

  private func connect(_ world: TestWorld, from lastBytes: String = "0.9", window: Int? = nil)
    async throws -> Client
  {
    let client = try await Client(
      world.service(.https, "Management"), from: world.source(lastBytes), window: window)
    try await client.shakeHands(.client())
    return client
  }

  @Test func aClientThatNeverReadsIsStoppedAndCut() async throws {
    // That the number of requests is limited has a test of its own.
    let limits = limits { ($0.requests, $0.requestTime) = (.max, .seconds(2)) }
    try await withWorld(webLimits: limits) { world in
      let client = try await connect(world, window: 4096)
      // Without a brake all of it would be read, and be answered into memory; with one the buffers of
      // the two systems fill, and in time the client is silent.
      let sent = try await client.flood(Self.request, atMost: 30_000_000)
      #expect(sent < 30_000_000)
    }
  }

  @Test func theLastRequestOfAConnectionIsToldSo() async throws {
    try await withWorld(webLimits: limits { $0.requests = 3 }) { world in
      let client = try await connect(world)
      try await client.send(String(repeating: Self.request, count: 5))
      let answers = try await client.rest().components(separatedBy: "HTTP/1.1 200 OK\r\n")
        .dropFirst()
      #expect(answers.map { $0.contains("Connection: close\r\n") } == [false, false, true])
    }
  }

  @Test func requestsBehindTheLastKeepNoConnection() async throws {
    let limits = limits { ($0.requests, $0.farewellTime) = (1, .seconds(1)) }
    try await withWorld(webLimits: limits) { world in
      let client = try await connect(world)
      // Sent until the other side ends, which a minute of patience waits for.
      try await client.drip(Self.request)
      #expect(client.isEnded)
    }
  }

  @Test func whoSendsAllAtOnceAndEndsGetsAllAnswers() async throws {
    try await withWorld { world in
      for _ in 1...10 {
        let client = try await connect(world)
        try await client.send(String(repeating: Self.request, count: 100))
        try await client.finish()
        let answers = try await client.rest()
        #expect(answers.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 101)
        #expect(answers.hasSuffix("</html>\n"))
      }
    }
  }

  @Test func aRequestThatNeverEndsIsCut() async throws {
    try await withWorld(webLimits: limits { $0.requestTime = .seconds(1) }) { world in
      let client = try await connect(world)
      try await client.send("GET / HTTP/1.1\r\n")
      // A line now and then is no sign of life: only a whole request is.
      try await client.drip("X: y\r\n")
      #expect(try await client.rest().isEmpty)
    }
  }

  @Test func aHandshakeThatNeverEndsIsCut() async throws {
    try await withWorld(webLimits: limits { $0.requestTime = .seconds(1) }) { world in
      let client = try await Client(
        world.service(.https, "Management"), from: world.source("0.9"))
      try await client.send("\u{16}\u{3}\u{1}\u{40}\u{0}\u{1}")
      try await client.drip("\u{0}")
      #expect(try await client.rest().isEmpty)
    }
  }

  @Test func aBusyClientIsCutAtTheEndOfItsTime() async throws {
    let limits = limits { ($0.requests, $0.connectionTime) = (.max, .seconds(1)) }
    try await withWorld(webLimits: limits) { world in
      let client = try await connect(world)
      try await client.drip(Self.request)
      #expect(try await client.rest().hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
  }

  @Test func aHeadThatIsTooLongIsRefused() async throws {
    try await withWorld { world in
      let client = try await connect(world)
      let field = "X: \(String(repeating: "y", count: 15_000))\r\n"
      try await client.send("GET / HTTP/1.1\r\n" + String(repeating: field, count: 6))
      #expect(try await !client.rest().contains("200 OK"))
    }
  }

  @Test func connectionsOfAnAddressAreCounted() async throws {
    try await withWorld(webLimits: limits { $0.connectionsOfOneAddress = 2 }) { world in
      let first = try await connect(world)
      let second = try await connect(world)
      await #expect(throws: TLSFailure.self) { try await connect(world) }
      _ = try await connect(world, from: "0.10")
      try await first.finish()
      #expect(try await first.rest().isEmpty)
      try await eventually("room for one more") {
        do {
          _ = try await connect(world)
          return true
        } catch is TLSFailure {
          return false
        }
      }
      try await second.send("\(Self.request)")
      #expect(try await second.reply() == "HTTP/1.1 200 OK\r\n")
    }
  }

  @Test func connectionsInAllAreCounted() async throws {
    try await withWorld(webLimits: limits { $0.connections = 1 }) { world in
      let first = try await connect(world)
      await #expect(throws: TLSFailure.self) { try await connect(world, from: "0.10") }
      try await first.send(Self.request)
      #expect(try await first.reply() == "HTTP/1.1 200 OK\r\n")
    }
  }
}
