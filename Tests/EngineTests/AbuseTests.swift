import Configuration
import Engine
import TestSupport
import Testing

/// Clients that mean no good: they are answered, bounded, and harm nobody else.
@Suite struct AbuseTests {
  private static let tenMegabytes = String(repeating: "0123456789", count: 1 << 20)

  @Test func aLineOfTenMegabytes() async throws {
    try await withWorld {
      $0.keepMail()
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      try await client.send(Self.tenMegabytes + "\r\n")
      #expect(try await client.reply() == "500 Line too long\r\n")
      #expect(try await client.command("NOOP") == "250 ok\r\n")
      let reply = try await client.deliver(Self.tenMegabytes + "\r\n")
      #expect(reply == "250 ok:  Message 1 accepted\r\n")
      let size = try await world.queued.first?.content.utf8.count ?? 0
      #expect(size > 10 << 20)
    }
  }

  @Test func aMessageThatIsTooLarge() async throws {
    try await withWorld {
      $0.listeners["IncomingMail"]?.hostAccess.defaults.maxMessageSize = 1 << 20
      $0.keepMail()
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      let announced = try await client.command("MAIL FROM:<a@b.example> SIZE=1048577")
      #expect(announced == "552 #5.3.4 message size exceeds limit\r\n")
      let reply = try await client.deliver(Self.tenMegabytes + "\r\n")
      #expect(reply == "552 #5.3.4 message size exceeds limit\r\n")
      #expect(try await client.deliver("small\r\n") == "250 ok:  Message 2 accepted\r\n")
      #expect(try await world.queued.map(\.id) == [2])
    }
  }

  /// The end that another server might see comes in a segment of its own.
  @Test(arguments: ["\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\n", "\r\n.\r"])
  func anotherMessageInsideOfOne(falseEnd: String) async throws {
    try await withWorld {
      $0.keepMail()
    } _: { world in
      let client = try await world.clientInData()
      let smuggled = "MAIL FROM:<boss@example.com>\r\nRCPT TO:<joe@example.com>\r\nDATA\r\nevil"
      for piece in ["text", falseEnd, smuggled, "\r\n.\r\n"] { try await client.send(piece) }
      #expect(
        try await client.reply() == "554 message body contains illegal bare CR/LF characters.\r\n")
      #expect(try await client.command("NOOP") == "250 ok\r\n")
      #expect(try await world.queued.isEmpty)
    }
  }

  @Test func aClientThatTriesAllAddresses() async throws {
    try await withWorld {
      $0.listeners["IncomingMail"]?.hostAccess.defaults.maxRecipientsPerMessage = 100
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      _ = try await client.command("MAIL FROM:<a@b.example>")
      for number in 1...100 {
        let reply = try await client.command("RCPT TO:<user\(number)@example.com>")
        #expect(reply == "250 recipient <user\(number)@example.com> ok\r\n")
      }
      let reply = try await client.command("RCPT TO:<user101@example.com>")
      #expect(reply == "452 #4.5.3 Too many recipients\r\n")
      #expect(try await client.command("RSET") == "250 reset\r\n")
    }
  }

  /// A client that sends messages and never hears that they were taken is served no further than
  /// its window, and the others as ever.
  @Test func aClientThatNeverReadsDoesNotHoldUpOthers() async throws {
    try await withWorld {
      $0.keepMail()
      $0.listeners["IncomingMail"]?.hostAccess.defaults.maxMessagesPerConnection =
        PolicyParameters.connectionRange.upperBound
    } _: { world in
      let deaf = try await world.connect(window: 4096)
      let message =
        "MAIL FROM:<a@b.example>\r\nRCPT TO:<\(String(repeating: "x", count: 900))"
        + "@example.com>\r\nRSET\r\n"
      let sent = try await deaf.flood(message, atMost: 50_000_000)
      #expect(sent < 25_000_000)
      let other = try await world.connect(from: "0.10")
      #expect(try await other.reply().hasPrefix("220 "))
      #expect(try await other.deliver("text\r\n").hasPrefix("250 ok:  Message "))
    }
  }

  @Test func mailForOthersIsNotRelayed() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      _ = try await client.command("MAIL FROM:<joe@example.com>")
      for address in [
        "x@elsewhere.example", "@example.com:x@elsewhere.example", "x@example.com.evil.example",
        "\"x@elsewhere.example\"", "x@[10.0.0.1]",
      ] {
        let reply = try await client.command("RCPT TO:<\(address)>")
        #expect(reply == "550 #5.1.0 Address rejected.\r\n", "\(address)")
      }
    }
  }
}
