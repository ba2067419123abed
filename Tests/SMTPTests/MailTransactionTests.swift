import SMTP
import Testing

@Suite struct MailTransactionTests {
  /// Plays lines and compares what comes back on each.
  private func play(
    _ conversation: inout Conversation, _ lines: [(String, String)],
    at location: SourceLocation = #_sourceLocation
  ) {
    for (line, reply) in lines {
      #expect(
        conversation.send(line + "\r\n") == reply + "\r\n", "\(line)", sourceLocation: location)
    }
  }

  @Test func aMessageIsTaken() throws {
    var conversation = Conversation()
    play(
      &conversation,
      [
        (
          "EHLO client.example",
          "250-mail.example.com\r\n250-8BITMIME\r\n250-SIZE 33554432\r\n250 STARTTLS"
        ),
        ("MAIL FROM:<a@b.example> SIZE=100 BODY=8BITMIME", "250 sender <a@b.example> ok"),
        ("RCPT TO:<c@d.example>", "250 recipient <c@d.example> ok"),
        ("RCPT TO:<E@D.example>", "250 recipient <E@D.example> ok"),
        ("DATA", "354 go ahead"),
        ("Subject: x\r\n\r\nHello\r\n..\r\n.hidden\r\n.", "250 ok:  Message 12 accepted"),
        ("MAIL FROM:<>", "250 sender <> ok"),
        ("RCPT TO:<c@d.example>", "250 recipient <c@d.example> ok"),
        ("DATA", "354 go ahead"),
        (".", "250 ok:  Message 13 accepted"),
        ("QUIT", "221 mail.example.com"),
      ])
    let first = try #require(conversation.messages.first)
    #expect(first.sender.text == "a@b.example")
    #expect(first.recipients.map(\.text) == ["c@d.example", "E@D.example"])
    #expect(
      conversation.texts == [
        "Received: here\r\nSubject: x\r\n\r\nHello\r\n.\r\nhidden\r\n", "Received: here\r\n",
      ])
    #expect(conversation.messages.map(\.size) == [32, 0])
    #expect(!first.isEightBit)
    #expect(conversation.messages.last?.sender == .empty)
  }

  @Test(arguments: [
    ("MAIL FROM:<a@b.example>", "250 sender <a@b.example> ok"),
    ("mail from: <a@b.example>", "250 sender <a@b.example> ok"),
    ("MAIL FROM:a@b.example SIZE=5", "250 sender <a@b.example> ok"),
    ("MAIL FROM:<@relay.example,@other.example:a@b.example>", "250 sender <a@b.example> ok"),
    ("MAIL FROM:<\"a>b \\\" c\"@b.example> SIZE=5", "250 sender <\"a>b \\\" c\"@b.example> ok"),
    ("MAIL FROM:<a@[10.0.0.1]>", "250 sender <a@[10.0.0.1]> ok"),
    ("MAIL FROM:<joe>", "250 sender <joe> ok"),
    ("MAIL FROM:<> size=0 body=7bit", "250 sender <> ok"),
    ("MAIL FROM:<a@b> SIZE=33554432", "250 sender <a@b> ok"),
    ("MAIL FROM:<a@b> SIZE=33554433", "552 #5.3.4 message size exceeds limit"),
    ("MAIL FROM:<a@b> SIZE=99999999999999999999", "552 #5.3.4 message size exceeds limit"),
    ("MAIL FROM:<a@b> SIZE=999999999999999999999", "501 #5.5.4 invalid parameter in MAIL command"),
    ("MAIL FROM:<a@b> SIZE=-1", "501 #5.5.4 invalid parameter in MAIL command"),
    ("MAIL FROM:<a@b> SIZE", "501 #5.5.4 invalid parameter in MAIL command"),
    ("MAIL FROM:<a@b> BODY=BINARYMIME", "501 #5.5.4 invalid parameter in MAIL command"),
    ("MAIL FROM:<a@b> SMTPUTF8", "555 #5.5.4 unknown parameter in MAIL command"),
    ("MAIL FROM:<a@b> AUTH=<>", "555 #5.5.4 unknown parameter in MAIL command"),
    ("MAIL FROM:<a@b>SIZE=5", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL <a@b>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<a b@c>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<a@b\rc>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<a@b\u{0}>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<é@b>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<a@b@c>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<@b>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<a@>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<a@b(c)>", "501 #5.5.2 syntax error in MAIL command"),
    ("MAIL FROM:<\"a@b>", "501 #5.5.2 syntax error in MAIL command"),
    ("RCPT TO:<a@b>", "503 #5.5.1 MAIL first"),
    ("DATA", "503 #5.5.1 MAIL first"),
    ("DATA now", "501 #5.5.2 syntax error in DATA command"),
  ])
  func beforeMail(line: String, reply: String) {
    var conversation = Conversation()
    play(&conversation, [(line, reply)])
  }

  @Test(arguments: [
    ("RCPT TO:<c@d.example>", "250 recipient <c@d.example> ok"),
    ("rcpt to:c@d.example", "250 recipient <c@d.example> ok"),
    ("RCPT TO:<@x.example:c@d.example>", "250 recipient <c@d.example> ok"),
    ("RCPT TO:<>", "501 #5.5.2 syntax error in RCPT command"),
    ("RCPT FROM:<c@d>", "501 #5.5.2 syntax error in RCPT command"),
    ("RCPT TO:<c@d> NOTIFY=NEVER", "555 #5.5.4 unknown parameter in RCPT command"),
    ("MAIL FROM:<a@b>", "503 #5.5.1 sender already specified"),
    ("DATA", "503 #5.5.1 RCPT first"),
  ])
  func afterMail(line: String, reply: String) {
    var conversation = Conversation()
    conversation.send("MAIL FROM:<a@b>\r\n")
    play(&conversation, [(line, reply)])
  }

  @Test(arguments: ["RSET", "EHLO again", "HELO again"])
  func aMessageThatWasBegunIsGivenUp(command: String) {
    var conversation = Conversation()
    conversation.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n")
    #expect(conversation.send(command + "\r\n").hasPrefix("250"))
    #expect(conversation.abandonments == [.byClient])
    play(
      &conversation,
      [
        ("RCPT TO:<c@d>", "503 #5.5.1 MAIL first"), ("RSET", "250 reset"),
        ("MAIL FROM:<x@y>", "250 sender <x@y> ok"), ("DATA", "503 #5.5.1 RCPT first"),
      ])
    #expect(conversation.abandonments == [.byClient])
  }

  @Test func recipientsAreLimited() {
    var conversation = Conversation { $0.recipientLimit = 2 }
    play(
      &conversation,
      [
        ("MAIL FROM:<a@b>", "250 sender <a@b> ok"), ("RCPT TO:<1@d>", "250 recipient <1@d> ok"),
        ("RCPT TO:<2@d>", "250 recipient <2@d> ok"),
        ("RCPT TO:<3@d>", "452 #4.5.3 Too many recipients"), ("DATA", "354 go ahead"),
        (".", "250 ok:  Message 12 accepted"),
      ])
    #expect(conversation.messages.first?.recipients.count == 2)
  }

  @Test func messagesAreLimited() {
    var conversation = Conversation { $0.messageLimit = 2 }
    for _ in 1...2 { conversation.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n.\r\n") }
    #expect(conversation.messages.count == 2)
    play(&conversation, [("MAIL FROM:<a@b>", "421 #4.4.5 Too many messages in this connection")])
    #expect(conversation.isClosed)
  }

  @Test func aRefusedRecipientIsToldWhoHeWas() {
    var conversation = Conversation { settings in
      settings.recipients = RecipientAccess([
        .init(pattern: "away@d.example", isAccepted: false, response: "#5.1.1 Moved away"),
        .init(pattern: "d.example", isAccepted: true),
      ])
    }
    play(
      &conversation,
      [
        ("MAIL FROM:<a@b>", "250 sender <a@b> ok"),
        ("RCPT TO:<away@d.example>", "550 #5.1.1 Moved away"),
        ("RCPT TO:<joe@e.example>", "550 #5.1.0 Address rejected."),
        ("DATA", "503 #5.5.1 RCPT first"),
        ("RCPT TO:<joe@d.example>", "250 recipient <joe@d.example> ok"),
      ])
    let rejected = conversation.steps.compactMap {
      if case .rejectedRecipient(let address) = $0 { address.text } else { nil }
    }
    #expect(rejected == ["away@d.example", "joe@e.example"])
    #expect(conversation.steps.contains(.recipient(EnvelopeAddress("joe@d.example")!, index: 0)))
  }

  @Test func addressesWithoutDomainGetTheListenersOwn() {
    var conversation = Conversation { $0.defaultDomain = "Home.example" }
    play(
      &conversation,
      [
        ("MAIL FROM:<joe>", "250 sender <joe@Home.example> ok"),
        ("RCPT TO:<\"a@b\">", "250 recipient <\"a@b\"@Home.example> ok"),
        ("RCPT TO:<c@d>", "250 recipient <c@d> ok"), ("RSET", "250 reset"),
        ("MAIL FROM:<>", "250 sender <> ok"),
      ])
  }

  /// A name server would know such a domain, destination controls and routes would not.
  @Test(arguments: ["a@b.", "a@.b", "a@b..c", "a@.", "a@"])
  func domainsWithAnEmptyLabelAreNone(address: String) {
    var conversation = Conversation()
    let refusal = "501 #5.5.2 syntax error in"
    let sender = conversation.send("MAIL FROM:<\(address)>\r\n")
    #expect(sender.hasPrefix(refusal), "\(sender)")
    conversation.send("MAIL FROM:<a@b>\r\n")
    let recipient = conversation.send("RCPT TO:<\(address)>\r\n")
    #expect(recipient.hasPrefix(refusal), "\(recipient)")
  }

  @Test func theOwnersRefusalsAreSent() {
    var conversation = Conversation()
    conversation.refusal = .serverError
    play(
      &conversation,
      [
        ("MAIL FROM:<a@b>", "451 #4.3.0 Server Error"), ("RCPT TO:<c@d>", "503 #5.5.1 MAIL first"),
      ])
    conversation.refusal = nil
    conversation.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n")
    conversation.refusal = .tooManyRecipientsThisHour
    play(
      &conversation,
      [("RCPT TO:<e@d>", "452 #4.5.3 Too many recipients received this hour")])
    conversation.refusal = nil
    conversation.send("DATA\r\n")
    conversation.refusal = .queueFull
    play(
      &conversation,
      [("x\r\n.", "452 #4.3.1 queue full"), ("DATA", "503 #5.5.1 MAIL first")])
    #expect(conversation.messages.isEmpty)
  }

  @Test func whatIsSentWhileTheOwnerThinksIsReadAfterwards() throws {
    var session = ServerSession(
      settings: ServerSettings(hostName: "h", maximumSize: 100, startTLS: .off))
    session.receive("MAIL FROM:<a@b>\r\nRSET\r\n".utf8)
    #expect(session.next() == .reply(.banner(hostName: "h")))
    #expect(session.next() == .sender(try #require(EnvelopeAddress("a@b"))))
    #expect(session.isAsking)
    #expect(session.next() == nil)
    session.receive("NOOP\r\n".utf8)
    #expect(session.next() == nil)
    // Answers to what was not asked change nothing.
    session.accept(as: 5)
    session.accept(header: [])
    #expect(session.next() == nil)
    session.accept()
    #expect(session.next()?.replyCode == 250)
    #expect(session.next() == .abandoned(.byClient))
    #expect(session.next() == .reply(.reset))
    #expect(session.next() == .reply(.ok))
    #expect(session.next() == nil)
  }

  @Test func startTLSGivesUpTheMessage() {
    var conversation = Conversation()
    conversation.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n")
    conversation.startTLS()
    play(&conversation, [("RCPT TO:<c@d>", "503 #5.5.1 MAIL first")])
  }
}

extension ServerSession.Step {
  fileprivate var replyCode: Int? { if case .reply(let reply) = self { reply.code } else { nil } }
}
