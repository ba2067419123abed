import Configuration
import Control
import Engine
import Foundation
import Mail
import TLS
import TestSupport
import Testing

@Suite struct LimitTests {
  @Test func aClientThatNeverReadsIsStoppedAndCut() async throws {
    try await withWorld {
      // Long enough that the brake comes first, also on a busy machine.
      $0.injection.idleTime = 2
    } _: { world in
      let client = try await world.connect(window: 4096)
      // Without a brake all that would be answered into memory.
      let sent = try await client.flood("NOOP\r\n", atMost: 100_000_000)
      #expect(sent < 50_000_000)
      #expect(try await world.log(closes: 1).last == "ICID 1 close")
      try await eventually("the connection to be gone") {
        await world.engine.handle(.mailStatus).mail?.inboundConnections == 0
      }
      #expect(try await world.connect().reply().hasPrefix("220 "))
    }
  }

  @Test func messagesThatAreStillComingShareTheirMemory() async throws {
    var limits = ConnectionLimits()
    limits.messageMemory = 1_000_000
    try await withWorld(limits: limits) { _ in
    } _: { world in
      func begun() async throws -> Client {
        let client = try await world.connect()
        _ = try await client.reply()
        for line in ["EHLO x", "MAIL FROM:<a@b.c>", "RCPT TO:<joe@example.com>", "DATA"] {
          _ = try await client.command(line)
        }
        try await client.send(String(repeating: "0123456789\r\n", count: 50_000))
        return client
      }
      let first = try await begun()
      // It has come when the second one finds no room.
      try await eventually("the second one finds no room") {
        let second = try await begun()
        return try await second.command(".") == "452 #4.3.1 queue full\r\n"
      }
      #expect(try await first.command(".").hasPrefix("250 "))
      #expect(try await begun().command(".").hasPrefix("250 "))
      #expect(try await world.log.contains { $0.contains("aborted") && $0.contains("Queue full") })
    }
  }

  @Test func aClientThatReadsLateGetsAllReplies() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = try await world.connect(window: 4096)
      _ = try await client.reply()
      let sent = try await client.flood("NOOP\r\n", atMost: 1_000_000)
      try await client.finish()
      let replies = try await client.rest()
      // What was sent may end in the middle of a command.
      #expect(replies.utf8.count == sent / 6 * 8)
    }
  }

  @Test(arguments: [false, true])
  func aClientMaySendAllAtOnceAndThenRead(isEncrypted: Bool) async throws {
    try await withWorld {
      $0.tls = .preferred
    } _: { world in
      for round in 1...10 {
        let client = try await world.connect()
        if isEncrypted {
          _ = try await client.reply()
          try await client.startTLS(.client())
        }
        let commands = String(repeating: "NOOP\r\n", count: 2000)
        try await client.send(commands)
        try await client.finish()
        let replies = try await client.rest()
        #expect(replies.hasSuffix("250 ok\r\n"))
        #expect(replies.components(separatedBy: "250 ok\r\n").count == 2001)
        #expect(
          try await world.log(closes: round).suffix(2) == [
            "ICID \(round) lost", "ICID \(round) close",
          ])
      }
    }
  }

  @Test func aSlowClientIsCut() async throws {
    try await withWorld {
      $0.injection.idleTime = 1
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      // A byte now and then is no sign of life: only a whole command is.
      let start = ContinuousClock.now
      let drip = Task {
        while !Task.isCancelled {
          try await client.send("N")
          try await Task.sleep(for: .milliseconds(50))
        }
      }
      let log = try await world.log(closes: 1)
      drip.cancel()
      #expect(log.last == "ICID 1 close")
      #expect(ContinuousClock.now - start < .seconds(5))
      #expect(try await client.rest() == "421 Exceeded allowable connection time\r\n")
    }
  }

  @Test func aBusyClientIsCutAtTheEndOfItsTime() async throws {
    try await withWorld {
      $0.injection.connectionTime = 1
    } _: { world in
      let client = try await world.connect()
      var reply = try await client.reply()
      while !reply.hasPrefix("421") { reply = try await client.command("NOOP") }
      #expect(reply == "421 Exceeded allowable connection time\r\n")
    }
  }

  @Test func connectionsOfAHostAreCounted() async throws {
    try await withWorld { configuration in
      configuration.addGroup("FEW", ["10.0.0.9"]) { $0.maxConnectionsPerHost = 2 }
    } _: { world in
      let first = try await world.connect()
      _ = try await first.reply()
      let second = try await world.connect()
      _ = try await second.reply()
      let third = try await world.connect()
      #expect(
        try await third.reply() == "421 #4.4.5 Too many connections from your host\r\n")
      let other = try await world.connect(from: "0.10")
      #expect(try await other.reply().hasPrefix("220 "))
      _ = try await first.command("QUIT")
      #expect(try await first.rest().isEmpty)
      try await first.finish()
      try await eventually("room for one more") {
        try await world.connect().reply().hasPrefix("220 ")
      }
    }
  }

  @Test func connectionsOfAListenerAreCounted() async throws {
    try await withWorld {
      $0.listeners["IncomingMail"]?.maxConnections = 1
    } _: { world in
      let first = try await world.connect(from: "0.9")
      _ = try await first.reply()
      let second = try await world.connect(from: "0.10")
      #expect(
        try await second.reply() == "421 #4.4.5 Too many connections to this listener\r\n")
    }
  }

  @Test func connectionsInAllAreCounted() async throws {
    try await withWorld {
      $0.injection.maxConnections = 1
    } _: { world in
      let first = try await world.connect(from: "0.9")
      _ = try await first.reply()
      let second = try await world.connect(from: "0.10")
      #expect(try await second.reply() == "421 #4.4.5 Too many connections to this host\r\n")
    }
  }

  @Test func tlsConnectionsAreCounted() async throws {
    try await withWorld {
      $0.tls = .preferred
      $0.injection.maxTLSConnections = 1
    } _: { world in
      let first = try await world.connect()
      _ = try await first.reply()
      try await first.startTLS(.client())
      let second = try await world.connect()
      _ = try await second.reply()
      #expect(
        try await second.command("STARTTLS")
          == "421 #4.4.5 Too many TLS sessions at this time\r\n")
      #expect(
        try await world.log.contains(
          "ICID 2 TLS failed: 421 #4.4.5 Too many TLS sessions at this time"))
      _ = try await first.command("QUIT")
      try await first.finish()
      try await eventually("room for TLS") {
        let third = try await world.connect()
        _ = try await third.reply()
        return try await third.command("STARTTLS").hasPrefix("220 ")
      }
    }
  }

  @Test func fiveBadCommandsEndTheConnection() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      for _ in 1...4 {
        #expect(try await client.command("FOO") == "500 #5.5.1 command not recognized\r\n")
      }
      #expect(
        try await client.command("FOO")
          == "421 Exceeded bad SMTP command limit, disconnecting\r\n")
      #expect(try await client.rest().isEmpty)
    }
  }
}
