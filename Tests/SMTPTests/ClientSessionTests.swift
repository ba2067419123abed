import SMTP
import Testing

@Suite struct ClientSessionTests {
  @Test func aMessageGoesToTwoRecipients() {
    var peer = ClientConversation()
    #expect(peer.say("220 hello\r\n") == [.send("EHLO mail.example.com\r\n")])
    #expect(peer.say("250-peer.example\r\n250-SIZE 1000\r\n250 8BITMIME\r\n") == [.introduced])
    #expect(
      peer.decide { $0.deliver(.sample("b@c.d", "e@f.g")) }
        == [.send("MAIL FROM:<a@example.com> SIZE=100\r\n")])
    #expect(peer.say("250 ok\r\n") == [.send("RCPT TO:<b@c.d>\r\n")])
    #expect(peer.say("250 ok\r\n") == [.send("RCPT TO:<e@f.g>\r\n")])
    #expect(peer.say("251 forwarded\r\n") == [.send("DATA\r\n")])
    #expect(peer.say("354 go ahead\r\n") == [.sendContent])
    #expect(!peer.session.isOutcomeUnknown)
    #expect(peer.decide { $0.contentSent() } == [])
    #expect(peer.session.isOutcomeUnknown)
    let taken = RecipientReply(.data, Reply(250, "2.0.0 Ok"))
    #expect(peer.say("250 2.0.0 Ok\r\n") == [.finished([taken, taken])])
    #expect(peer.decide { $0.quit() } == [.send("QUIT\r\n")])
    #expect(peer.say("221 bye\r\n") == [.closed])
  }

  @Test(arguments: ["queued, thank you\r\n", "350 go on\r\n"])
  func whatIsNoAnswerToTheContentLeavesItsFateUnknown(_ answer: String) {
    var peer = ClientConversation()
    peer.introduce("8bitmime")
    peer.decide { $0.deliver(.sample("b@c.d")) }
    for line in ["250 ok\r\n", "250 ok\r\n", "354 go ahead\r\n"] { peer.say(line) }
    #expect(!peer.session.isOutcomeUnknown)
    peer.decide { $0.contentSent() }
    guard case .failed = peer.say(answer).first else {
      Issue.record("it went on")
      return
    }
    #expect(peer.session.isOutcomeUnknown)
  }

  @Test func eightBitIsToldToThoseWhoListIt() {
    var peer = ClientConversation()
    peer.introduce("8bitmime")
    var envelope = ClientEnvelope.sample("b@c.d")
    envelope.isEightBit = true
    #expect(
      peer.decide { $0.deliver(envelope) }
        == [.send("MAIL FROM:<a@example.com> BODY=8BITMIME\r\n")])
  }

  @Test func aServerWithoutEHLOIsGreetedByHELO() {
    var peer = ClientConversation()
    peer.say("220 old\r\n")
    #expect(peer.say("502 what?\r\n") == [.send("HELO mail.example.com\r\n")])
    #expect(peer.say("250-old STARTTLS\r\n250 STARTTLS\r\n") == [.introduced])
    #expect(!peer.session.extensions.isExtended)
    #expect(!peer.session.extensions.offersTLS)
  }

  @Test(arguments: ["554 no mail here", "421 later", "250 hm"])
  func anyOtherBannerEndsIt(line: String) {
    var peer = ClientConversation()
    let reply = Reply(Int(line.prefix(3)) ?? 0, String(line.dropFirst(4)))
    #expect(peer.say(line + "\r\n") == [.failed(.unexpected(reply))])
    #expect(peer.say("220 hello\r\n") == [])
  }

  @Test func someRecipientsAreRefused() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.deliver(.sample("b@c.d", "e@f.g", "h@i.j")) }
    peer.say("250 ok\r\n")
    peer.say("550 no such user\r\n")
    peer.say("250 ok\r\n")
    #expect(peer.say("452 too many\r\n") == [.send("DATA\r\n")])
    peer.say("354 go\r\n")
    peer.decide { $0.contentSent() }
    #expect(
      peer.say("250 done\r\n") == [
        .finished([
          RecipientReply(.rcpt, Reply(550, "no such user")),
          RecipientReply(.data, Reply(250, "done")),
          RecipientReply(.rcpt, Reply(452, "too many")),
        ])
      ])
    // The transaction is over; nothing has to be reset.
    #expect(
      peer.decide { $0.deliver(.sample("k@l.m")) } == [.send("MAIL FROM:<a@example.com>\r\n")])
  }

  @Test func aTransactionThatCameToNothingIsReset() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.deliver(.sample("b@c.d")) }
    peer.say("250 ok\r\n")
    #expect(
      peer.say("550 no\r\n") == [.finished([RecipientReply(.rcpt, Reply(550, "no"))])])
    #expect(peer.decide { $0.deliver(.sample("k@l.m")) } == [.send("RSET\r\n")])
    #expect(peer.say("250 reset\r\n") == [.send("MAIL FROM:<a@example.com>\r\n")])
    #expect(
      peer.say("550 not you\r\n") == [.finished([RecipientReply(.mail, Reply(550, "not you"))])])
  }

  @Test func aRefusedDATACountsForThoseWhoWereTaken() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.deliver(.sample("b@c.d", "e@f.g")) }
    peer.say("250 ok\r\n")
    peer.say("550 no\r\n")
    peer.say("250 ok\r\n")
    #expect(
      peer.say("451 later\r\n") == [
        .finished([
          RecipientReply(.rcpt, Reply(550, "no")), RecipientReply(.data, Reply(451, "later")),
        ])
      ])
    #expect(peer.decide { $0.deliver(.sample("k@l.m")) } == [.send("RSET\r\n")])
  }

  @Test func a421EndsTheTransactionForAllThatWereNotRefused() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.deliver(.sample("b@c.d", "e@f.g", "h@i.j")) }
    peer.say("250 ok\r\n")
    peer.say("550 no\r\n")
    let leaving = RecipientReply(.rcpt, Reply(421, "too busy"))
    #expect(
      peer.say("421 too busy\r\n") == [
        .finished([RecipientReply(.rcpt, Reply(550, "no")), leaving, leaving])
      ])
    #expect(peer.session.isServerLeaving)
  }

  @Test(arguments: ["354 go", "250 ok"])
  func aReplyThatDoesNotFitEndsIt(line: String) {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.deliver(.sample("b@c.d")) }
    if line.hasPrefix("250") {
      peer.say("250 ok\r\n")
      peer.say("250 ok\r\n")
    }
    let reply = Reply(Int(line.prefix(3)) ?? 0, String(line.dropFirst(4)))
    #expect(peer.say(line + "\r\n") == [.failed(.unexpected(reply))])
  }

  @Test func aRefusalAmidTheContentIsTheLastWord() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.deliver(.sample("b@c.d")) }
    peer.say("250 ok\r\n")
    peer.say("250 ok\r\n")
    #expect(peer.say("354 go\r\n") == [.sendContent])
    let refusal = RecipientReply(.data, Reply(552, "too much"))
    #expect(peer.say("552 too much\r\n") == [.finished([refusal])])
    #expect(peer.session.isServerLeaving)
  }

  @Test func wordsWithoutBeingAskedEndIt() {
    var peer = ClientConversation()
    peer.introduce()
    #expect(
      peer.say("421 idle too long\r\n") == [.failed(.unexpected(Reply(421, "idle too long")))])
  }

  @Test func controlCharactersOfAnAddressAreNotSent() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.deliver(.sample("b@c.d>\r\nRSET\r\nx")) }
    #expect(peer.say("250 ok\r\n") == [.send("RCPT TO:<b@c.d>RSETx>\r\n")])
  }
}
