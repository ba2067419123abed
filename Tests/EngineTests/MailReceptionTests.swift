import Configuration
import Control
import Engine
import PKI
import TLS
import TestSupport
import Testing

/// Messages from outside, up to the queue.
@Suite struct MailReceptionTests {
  @Test func swaksSendsAMessageUnderTLS() async throws {
    try await withWorld {
      $0.tls = .required
      $0.keepMail()
    } _: { world in
      let service = try await world.service(.smtp, "IncomingMail")
      let result = try await OutsideProgram.run([
        "swaks", "--server", service.host, "--port", "\(service.port)", "--local-interface",
        world.source("0.1"), "--helo", "client.example", "--from", "a@partner.example", "--to",
        "joe@example.com,amy@example.com", "--tls", "--header", "Subject: From swaks",
        "--h-Message-Id", "<swaks@partner.example>", "--body", "one\n.two\n...\nüñ",
      ])
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("<~  250 ok:  Message 1 accepted"))
      let message = try #require(try await world.queued.first)
      #expect(message.id == 1 && message.sender == "a@partner.example")
      #expect(message.recipients == ["joe@example.com", "amy@example.com"])
      let cipher = "ECDHE-RSA-AES256-GCM-SHA384"
      #expect(
        message.content.hasPrefix(
          """
          Received: from mx1.partner.example (HELO client.example) ([10.0.0.1])\r
            by mail.example.com with ESMTP/TLS/\(cipher); 24 Nov 2026 18:00:12 +0000\r
          Date: 
          """))
      #expect(message.content.contains("\r\n\r\none\r\n.two\r\n...\r\nüñ\r\n"))
      let lines = try await world.log(closes: 1).filter {
        $0.contains("ICID") || $0.hasPrefix("MID 1 ")
      }
      #expect(
        lines.dropFirst().map { $0.replacing(/ready [0-9]+ bytes/, with: "ready N bytes") } == [
          "ICID 1 ACCEPT SG UNKNOWNLIST match sbrs[none] SBRS rfc1918",
          "ICID 1 TLS success protocol TLSv1.2 cipher \(cipher)", "Start MID 1 ICID 1",
          "MID 1 ICID 1 From: <a@partner.example>", "MID 1 ICID 1 RID 0 To: <joe@example.com>",
          "MID 1 ICID 1 RID 1 To: <amy@example.com>",
          "MID 1 Message-ID '<swaks@partner.example>'", "MID 1 Subject \"From swaks\"",
          "MID 1 ready N bytes from <a@partner.example>",
          "MID 1 matched all recipients for per-recipient policy DEFAULT in the inbound table",
          "MID 1 queued for delivery", "ICID 1 close",
        ])
    }
  }

  @Test func numbersOfMessagesGoOn() async throws {
    try await withWorld {
      $0.keepMail()
    } _: { world in
      for number in 1...3 {
        let client = try await world.connect()
        _ = try await client.reply()
        let reply = try await client.deliver("text \(number)\r\n")
        #expect(reply == "250 ok:  Message \(number) accepted\r\n")
      }
      #expect(try await world.queued.map(\.id) == [1, 2, 3])
    }
  }

  @Test func mailOfAClearSessionIsGivenUpAtSTARTTLS() async throws {
    try await withWorld {
      $0.tls = .preferred
      $0.keepMail()
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      _ = try await client.command("MAIL FROM:<clear@x.example>")
      _ = try await client.command("RCPT TO:<joe@example.com>")
      try await client.send("STARTTLS\r\nDATA\r\ninjected\r\n.\r\n")
      #expect(try await client.reply() == "220 Go ahead with TLS\r\n")
      try await client.shakeHands(.client())
      #expect(try await client.command("DATA") == "503 #5.5.1 MAIL first\r\n")
      #expect(try await client.deliver("under TLS\r\n") == "250 ok:  Message 2 accepted\r\n")
      let messages = try await world.queued
      #expect(messages.count == 1)
      #expect(messages.first?.content.hasSuffix("\r\nunder TLS\r\n") == true)
      #expect(
        try await world.log.contains("Message aborted MID 1 Receiving aborted by sender"))
    }
  }

  @Test func aMessageMayComeInManyPieces() async throws {
    try await withWorld {
      $0.keepMail()
    } _: { world in
      let client = try await world.clientInData()
      for piece in ["Subject: x\r", "\n\r\n", ".", ".", "\r", "\n.", "\r\n"] {
        try await client.send(piece)
      }
      #expect(try await client.reply() == "250 ok:  Message 1 accepted\r\n")
      #expect(try await world.queued.first?.content.hasSuffix("Subject: x\r\n\r\n.\r\n") == true)
    }
  }
}

extension Client {
  /// Sends a message from MAIL to the dot and returns the last reply.
  ///
  /// - Parameter content: whole lines; dots are not doubled.
  func deliver(
    _ content: String, from sender: String = "a@b.example", to recipient: String = "joe@example.com"
  ) async throws -> String {
    for line in ["MAIL FROM:<\(sender)>", "RCPT TO:<\(recipient)>", "DATA"] {
      let reply = try await command(line)
      guard reply.hasPrefix("250") || reply.hasPrefix("354") else { throw Surprise(reply) }
    }
    try await send(content + ".\r\n")
    return try await reply()
  }
}
