import SMTP
import Testing

/// A transaction that tells sender and recipients, and no message.
@Suite struct RehearsalTests {
  @Test func noContentIsOffered() {
    var peer = ClientConversation()
    peer.introduce()
    #expect(
      peer.decide { $0.rehearse(.sample("b@c.d", "e@f.g")) }
        == [.send("MAIL FROM:<a@example.com>\r\n")])
    #expect(peer.say("250 ok\r\n") == [.send("RCPT TO:<b@c.d>\r\n")])
    #expect(peer.say("250 ok\r\n") == [.send("RCPT TO:<e@f.g>\r\n")])
    #expect(
      peer.say("450 later\r\n") == [
        .finished([
          RecipientReply(.rcpt, Reply(250, "ok")), RecipientReply(.rcpt, Reply(450, "later")),
        ])
      ])
    #expect(peer.decide { $0.quit() } == [.send("QUIT\r\n")])
  }

  @Test func aRefusedSenderEndsIt() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.rehearse(.sample("b@c.d")) }
    let refusal = RecipientReply(.mail, Reply(550, "no"))
    #expect(peer.say("550 no\r\n") == [.finished([refusal])])
  }

  @Test func aMessageMayFollow() {
    var peer = ClientConversation()
    peer.introduce()
    peer.decide { $0.rehearse(.sample("b@c.d")) }
    peer.say("250 ok\r\n")
    peer.say("250 ok\r\n")
    #expect(peer.decide { $0.deliver(.sample("b@c.d")) } == [.send("RSET\r\n")])
    peer.say("250 ok\r\n")
    peer.say("250 ok\r\n")
    #expect(peer.say("250 ok\r\n") == [.send("DATA\r\n")])
  }
}
