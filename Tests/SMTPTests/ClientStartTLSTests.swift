import SMTP
import Testing

@Suite struct ClientStartTLSTests {
  @Test func afterTheHandshakeTheOldListIsForgotten() {
    var peer = ClientConversation()
    peer.introduce("SIZE", "STARTTLS")
    #expect(peer.session.extensions.offersTLS)
    #expect(peer.decide { $0.startTLS() } == [.send("STARTTLS\r\n")])
    #expect(peer.say("220 go\r\n") == [.startTLS])
    #expect(peer.decide { $0.tlsEstablished() } == [.send("EHLO mail.example.com\r\n")])
    #expect(!peer.session.extensions.offersTLS)
    #expect(!peer.session.extensions.takesSize)
    #expect(peer.say("250-peer\r\n250 8BITMIME\r\n") == [.introduced])
    #expect(!peer.session.extensions.takesSize)
    #expect(peer.session.extensions.takesEightBit)
  }

  @Test func theFirstLineListsNothing() {
    var peer = ClientConversation()
    peer.say("220 hello\r\n")
    peer.say("250-STARTTLS\r\n250 SIZE\r\n")
    #expect(!peer.session.extensions.offersTLS)
    #expect(peer.session.extensions.takesSize)
    peer = ClientConversation()
    peer.say("220 hello\r\n")
    peer.say("250 STARTTLS\r\n")
    #expect(!peer.session.extensions.offersTLS)
  }

  @Test(arguments: [421, 454, 501, 530])
  func aRefusalIsTold(code: Int) {
    var peer = ClientConversation()
    peer.introduce("STARTTLS")
    peer.decide { $0.startTLS() }
    #expect(peer.say("\(code) no\r\n") == [.startTLSRefused(Reply(code, "no"))])
    #expect(peer.session.isServerLeaving == (code == 421))
    #expect(
      peer.decide { $0.deliver(.sample("b@c.d")) } == [.send("MAIL FROM:<a@example.com>\r\n")])
  }

  @Test(arguments: ["250 EHLO\r\n", "2", "\n", "\u{16}\u{3}"])
  func bytesBehindThe220EndIt(bytes: String) {
    var peer = ClientConversation()
    peer.introduce("STARTTLS")
    peer.decide { $0.startTLS() }
    #expect(peer.say("220 go\r\n" + bytes) == [.failed(.gluedBytes)])
  }

  @Test func bytesInTheHandshakeEndItToo() {
    var peer = ClientConversation()
    peer.introduce("STARTTLS")
    peer.decide { $0.startTLS() }
    peer.say("220 go\r\n")
    #expect(peer.say("2") == [.failed(.gluedBytes)])
  }

  @Test func anotherPositiveCodeIsNoStartOfTLS() {
    var peer = ClientConversation()
    peer.introduce("STARTTLS")
    peer.decide { $0.startTLS() }
    #expect(peer.say("250 ok\r\n") == [.failed(.unexpected(Reply(250, "ok")))])
  }

  @Test func afterTheHandshakeOneMayLeaveAtOnce() {
    var peer = ClientConversation()
    peer.introduce("STARTTLS")
    peer.decide { $0.startTLS() }
    peer.say("220 go\r\n")
    #expect(peer.decide { $0.quit() } == [.send("QUIT\r\n")])
    #expect(peer.say("221 bye\r\n") == [.closed])
  }
}
