import Configuration
@testable import Mail
import TestSupport
import Testing

@Suite struct ReceptionTests {
  private static let zone =
    "9.0.0.10.in-addr.arpa. PTR mx.partner.example.\nmx.partner.example. A 10.0.0.9"

  @Test(arguments: [(Release.release14, "\"Hello\""), (.release11, "'Hello'")])
  func aMessageIsStoredAndLogged(release: Release, subject: String) async throws {
    try await withListener(ListenerWorld(release: release, zone: Self.zone)) { world in
      let replies = try await world.talk(
        "HELO client.example\r\n"
          + ListenerWorld.message(to: ["joe@example.com", "amy@sub.example.com"]) + "QUIT\r\n")
      #expect(
        replies == [
          "220 mail.example.com ESMTP", "250 mail.example.com", "250 sender <a@partner.example> ok",
          "250 recipient <joe@example.com> ok", "250 recipient <amy@sub.example.com> ok",
          "354 go ahead", "250 ok:  Message 1 accepted", "221 mail.example.com",
        ])
      let message = try #require(world.intake.messages.first)
      #expect(message.id.number == 1)
      #expect(message.sender == "a@partner.example")
      #expect(message.recipients == ["joe@example.com", "amy@sub.example.com"])
      #expect(message.bounceProfile == "Default" && !message.isAlert && !message.isEightBit)
      #expect(message.receivedAt == .testMoment)
      #expect(
        String(decoding: message.content, as: UTF8.self)
          == """
          Received: from mx.partner.example (HELO client.example) ([10.0.0.9])\r
            by mail.example.com with ESMTP; 24 Nov 2026 18:00:12 +0000\r
          Message-ID: <x@y>\r
          Subject: Hello\r
          \r
          Text\r\n
          """)
      try await world.waitForCloses()
      #expect(
        try await world.lines() == [
          "New SMTP ICID 1 interface Data 1 (192.168.1.1) address 10.0.0.9"
            + " reverse dns host mx.partner.example verified yes",
          "ICID 1 ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS rfc1918",
          "Start MID 1 ICID 1", "MID 1 ICID 1 From: <a@partner.example>",
          "MID 1 ICID 1 RID 0 To: <joe@example.com>",
          "MID 1 ICID 1 RID 1 To: <amy@sub.example.com>", "MID 1 Message-ID '<x@y>'",
          "MID 1 Subject \(subject)", "MID 1 ready 43 bytes from <a@partner.example>",
          "MID 1 matched all recipients for per-recipient policy DEFAULT in the inbound table",
          "MID 1 queued for delivery", "ICID 1 close",
        ])
    }
  }

  @Test func theTableRefusesRecipients() async throws {
    try await withListener(ListenerWorld()) { world in
      let replies = try await world.talk(
        "MAIL FROM:<a@b>\r\nRCPT TO:<joe@elsewhere.example>\r\nDATA\r\nRCPT TO:<joe>\r\nQUIT\r\n")
      #expect(
        replies.dropFirst(2) == [
          "550 #5.1.0 Address rejected.", "503 #5.5.1 RCPT first", "550 #5.1.0 Address rejected.",
          "221 mail.example.com",
        ])
      try await world.waitForCloses()
      #expect(
        try await world.messageLines().dropFirst(2) == [
          "MID 1 ICID 1 To: <joe@elsewhere.example> Rejected by RAT",
          "MID 1 ICID 1 To: <joe> Rejected by RAT",
          "Message aborted MID 1 Receiving aborted by sender", "Message finished MID 1 aborted",
        ])
      #expect(world.intake.messages.isEmpty)
    }
  }

  @Test func aHostThatMayRelaySendsToEverybody() async throws {
    try await withListener(ListenerWorld()) { world in
      let replies = try await world.talk(
        ListenerWorld.message(to: ["joe@elsewhere.example"]), from: "127.0.0.1")
      #expect(replies.last == "250 ok:  Message 1 accepted")
      #expect(
        try await world.messageLines().contains(
          "MID 1 matched all recipients for per-recipient policy DEFAULT in the outbound table"))
    }
  }

  @Test(arguments: [Listener.Role.private, .blackhole])
  func otherListenersHaveNoTable(role: Listener.Role) async throws {
    let world = try await ListenerWorld {
      $0.listeners["IncomingMail"]?.role = role
      $0.listeners["IncomingMail"]?.defaultDomain = "home.example"
    }
    try await withListener(world) { world in
      let replies = try await world.talk(ListenerWorld.message(from: "", to: ["joe", "x@y"]))
      #expect(replies.contains("250 recipient <joe@home.example> ok"))
      #expect(replies.last == "250 ok:  Message 1 accepted")
      #expect(world.intake.messages.count == (role == .private ? 1 : 0))
      let last = try #require(try await world.messageLines().last)
      #expect(
        last
          == (role == .private
            ? "MID 1 queued for delivery" : "MID 1 discarded by blackhole listener IncomingMail"))
    }
  }

  @Test(arguments: [
    (
      "x\ny\r\n", "554 message body contains illegal bare CR/LF characters.",
      "Message body contains bare CR/LF characters"
    ),
    (
      String(repeating: "0123456789\r\n", count: 100), "552 #5.3.4 message size exceeds limit",
      "Message size exceeds limit"
    ),
    (
      String(repeating: "Received: x\r\n by y\r\n", count: 101), "554 #5.4.6 too many hops",
      "Too many hops"
    ),
  ])
  func messagesThatAreNotTaken(content: String, reply: String, reason: String) async throws {
    let world = try await ListenerWorld {
      $0.listeners["IncomingMail"]?.hostAccess.defaults.maxMessageSize =
        reason == "Message size exceeds limit" ? 1000 : 10_000
    }
    try await withListener(world) { world in
      let replies = try await world.talk(
        ListenerWorld.message(content) + ListenerWorld.message() + "QUIT\r\n")
      #expect(replies.dropFirst(4).first == reply)
      // The next message is none the worse for it.
      #expect(replies.suffix(2) == ["250 ok:  Message 2 accepted", "221 mail.example.com"])
      #expect(world.intake.messages.map(\.id.number) == [2])
      let lines = try await world.messageLines()
      #expect(lines.contains("Message aborted MID 1 \(reason)"))
      #expect(lines.contains("Message finished MID 1 aborted"))
    }
  }

  @Test func messagesOfAConnectionAreLimited() async throws {
    let world = try await ListenerWorld {
      $0.listeners["IncomingMail"]?.hostAccess.defaults.maxMessagesPerConnection = 2
    }
    try await withListener(world) { world in
      let replies = try await world.talk(String(repeating: ListenerWorld.message(), count: 3))
      #expect(replies.last == "421 #4.4.5 Too many messages in this connection")
      #expect(world.intake.messages.count == 2)
    }
  }

  @Test func recipientsOfAnHourAreLimited() async throws {
    let world = try await ListenerWorld {
      $0.listeners["IncomingMail"]?.hostAccess.defaults.maxRecipientsPerHour = 2
    }
    try await withListener(world) { world in
      let two = ListenerWorld.message(to: ["1@example.com", "2@example.com", "3@example.com"])
      let first = try await world.talk(two)
      #expect(
        first.suffix(3) == [
          "452 #4.5.3 Too many recipients received this hour", "354 go ahead",
          "250 ok:  Message 1 accepted",
        ])
      #expect(world.intake.messages.first?.recipients == ["1@example.com", "2@example.com"])
      #expect(try await world.talk(two).contains("503 #5.5.1 RCPT first"))
      // Others have an hour of their own.
      #expect(
        try await world.talk(two, from: "10.0.0.10").last == "250 ok:  Message 3 accepted")
      #expect(
        try await world.lines().contains(
          "MID 1 ICID 1 To: <3@example.com> Rejected by recipient limit"))
    }
  }

  @Test func aSuspendedListenerTakesNoNewConnections() async throws {
    try await withListener(ListenerWorld()) { world in
      world.server.suspendedListeners = ["IncomingMail"]
      let refused = try await world.talk("QUIT\r\n")
      #expect(refused == ["421 #4.3.2 Not accepting messages at this time"])
      world.server.suspendedListeners = []
      let served = try await world.talk("QUIT\r\n")
      #expect(served.first == "220 mail.example.com ESMTP")
    }
  }
}
