import Configuration
import ConfigurationStore
import Control
import Engine
import Foundation
import TestSupport
import Testing

@Suite struct ControlTests {
  @Test func applyIsAnsweredWithTroubles() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = EngineClient(directory: world.directory.path, patience: .patient)
      let version = try await TestWorld.commit(world.appliance.store) {
        $0.interfaces["Data 1"]?.hostName = "told.example.com"
      }
      #expect(await client.apply(version: version).isEmpty)
      #expect(try await world.connect().reply() == "220 told.example.com ESMTP\r\n")
      let reply = try #require(try await client.send(.apply(version: 999)))
      #expect(!reply.ok)
      #expect(reply.error == "Version 999 cannot be served.")
    }
  }

  @Test func statusTellsWhereServicesAre() async throws {
    try await withWorld { _ in
    } _: { world in
      let reply = try await EngineClient(directory: world.directory.path, patience: .patient).send(
        .status)
      let addresses = try #require(reply?.addresses)
      #expect(addresses == (await world.engine.serviceAddresses))
      // The same can be read without asking.
      #expect(EngineFile(in: world.directory.path)?.addresses == addresses)
    }
  }

  @Test func theClockIsMoved() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = EngineClient(directory: world.directory.path, patience: .patient)
      #expect(try await client.send(.clock(offset: 86_400))?.ok == true)
      let connection = try await world.connect()
      _ = try await connection.reply()
      _ = try await connection.command("QUIT")
      _ = try await world.log(closes: 1)
      let text = try world.directory.text("log/mail.current")
      #expect(text.contains("Wed Nov 25 18:00:12 2026 Info: ICID 1 close\n"))
    }
  }

  @Test func theLogIsRolledOver() async throws {
    try await withWorld { _ in
    } _: { world in
      let connection = try await world.connect()
      _ = try await connection.reply()
      _ = try await connection.command("QUIT")
      _ = try await world.log(closes: 1)
      #expect(
        try await EngineClient(directory: world.directory.path, patience: .patient).send(
          .rollOver("mail"))?.ok == true)
      #expect(try await world.log.isEmpty)
      let files = try FileManager.default.contentsOfDirectory(
        atPath: world.directory.path("log"))
      #expect(files.contains { $0.hasPrefix("mail.@") })
    }
  }

  @Test(arguments: [
    ("{\"request\":\"dance\"}\n", "The engine does not know the request \"dance\"."),
    ("nonsense\n", "The request cannot be read."), ("{}\n", "The request cannot be read."),
    ("{\"request\":\"apply\"}\n", "apply needs a version."),
    ("{\"request\":\"rollover\"}\n", "rollover needs a log."),
    ("{\"request\":\"clock\"}\n", "clock needs an offset."),
    ("{\"request\":\"clock\",\"offset\":1e300}\n", "The request cannot be read."),
    ("{\"request\":\"suspend\",\"delay\":1e300}\n", "The request cannot be read."),
    ("{\"request\":\"suspend\",\"delay\":-1}\n", "The request cannot be read."),
  ])
  func badRequestsAreAnswered(line: String, error: String) async throws {
    try await withWorld { _ in
    } _: { world in
      let path = try #require(EngineFile(in: world.directory.path)?.socket)
      let answer = try await UnixClient.exchange(line + line, at: path, lines: 2)
      let reply = try JSONDecoder().decode(EngineReply.self, from: Data(answer[0].utf8))
      #expect(!reply.ok)
      #expect(reply.error == error)
      #expect(answer[0] == answer[1])
    }
  }

  @Test func theSocketIsItsOwnersAlone() async throws {
    try await withWorld { _ in
    } _: { world in
      #expect(world.directory.mode("engine.sock") == 0o600)
      #expect(world.directory.mode("engine.json") == 0o600)
    }
  }

  @Test func aDirectoryTooLongForASocketIsServedAllTheSame() async throws {
    let directory = try TemporaryDirectory()
    let long = directory.path(String(repeating: "long", count: 30))
    let appliance = try await Appliance(at: long, environment: .test())
    let engine = try await TestWorld.claim(appliance)
    _ = try await engine.start()
    let path = try #require(EngineFile(in: long)?.socket)
    #expect(!path.hasPrefix(long))
    #expect(try await EngineClient(directory: long, patience: .patient).send(.status)?.ok == true)
    await engine.shutDown()
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(!FileManager.default.fileExists(atPath: (path as NSString).deletingLastPathComponent))
  }

  @Test func withoutAnEngineThereIsNobodyToAsk() async throws {
    let directory = try TemporaryDirectory()
    let client = EngineClient(directory: directory.path)
    #expect(try await client.send(.status) == nil)
    #expect(await client.apply(version: 1).isEmpty)
    // An engine that died left its file behind.
    try directory.write(
      Array("{\"socket\":\"\(directory.path)/engine.sock\",\"process\":1}".utf8),
      to: "engine.json")
    #expect(try await client.send(.status) == nil)
  }

  @Test func anEngineThatDoesNotAnswerIsGivenUp() async throws {
    let directory = try TemporaryDirectory()
    let holder = try UnixClient.listen(at: directory.path("engine.sock"))
    try directory.write(
      Array("{\"socket\":\"\(directory.path)/engine.sock\",\"process\":1}".utf8),
      to: "engine.json")
    let client = EngineClient(directory: directory.path)
    await #expect {
      try await client.send(.status, within: .milliseconds(100))
    } throws: { "\($0)" == "The engine does not answer." }
    close(holder)
  }

  @Test func whoReadsNoAnswersIsNotWaitedFor() async throws {
    try await withWorld { _ in
    } _: { world in
      let silent = try UnixClient.connected(to: "\(world.directory.path)/engine.sock")
      defer { close(silent) }
      // Until the engine takes no more: then answers wait that nobody reads.
      let requests = Array(String(repeating: "{\"request\":\"status\"}\n", count: 20).utf8)
      try await eventually("it takes no more") {
        var room = pollfd(fd: silent, events: Int16(POLLOUT), revents: 0)
        guard poll(&room, 1, 0) == 1 else {
          try await Task.sleep(for: .milliseconds(300))
          return poll(&room, 1, 0) == 0
        }
        let count = send(silent, requests, requests.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        // On a slow machine it has had enough of this client before its buffers are full.
        if count < 0, errno == EPIPE || errno == ECONNRESET { return true }
        guard count > 0 || errno == EAGAIN else { throw Surprise("cannot send: \(errno)") }
        return false
      }
      let start = ContinuousClock.now
      await world.engine.shutDown()
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }
}

extension Duration {
  /// Other tests of this process wait for programs on the threads that answers need; how fast an
  /// engine is, no test tells.
  fileprivate static let patient = Duration.seconds(60)
}
