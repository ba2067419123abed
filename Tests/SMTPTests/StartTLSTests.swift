import SMTP
import Testing

@Suite struct StartTLSTests {
  @Test(arguments: ["NOOP\r\n", "RSET\r\nMAIL FROM:<evil@example.com>\r\n", "NOO", "\u{16}\u{3}"])
  func bytesBehindTheCommandAreThrownAway(injected: String) {
    var conversation = Conversation()
    #expect(conversation.send("STARTTLS\r\n" + injected).isEmpty)
    #expect(conversation.wantsTLS)
    // Still nothing, though they come in a segment of their own.
    #expect(conversation.send(injected).isEmpty)
    conversation.session.tlsEstablished()
    #expect(conversation.send("").isEmpty)
    #expect(conversation.send("NOOP\r\n") == "250 ok\r\n")
  }

  @Test func theSessionStartsAnewUnderTLS() {
    var conversation = Conversation()
    conversation.send("EHLO client.example\r\n")
    #expect(conversation.session.clientName == "client.example")
    for _ in 1...4 { conversation.send("FOO\r\n") }
    conversation.startTLS()
    #expect(conversation.session.clientName == nil)
    #expect(conversation.session.isEncrypted)
    // Bad commands are counted anew too.
    conversation.send("FOO\r\n")
    #expect(!conversation.isClosed)
  }

  @Test func underTLSItIsNeitherListedNorTaken() {
    var conversation = Conversation()
    conversation.startTLS()
    #expect(
      conversation.send("EHLO x\r\n")
        == "250-mail.example.com\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n")
    #expect(conversation.send("STARTTLS\r\n") == "503 #5.5.1 TLS already active\r\n")
    #expect(!conversation.wantsTLS)
  }

  @Test func aRefusedStartLeavesTheSessionInClear() {
    var conversation = Conversation()
    conversation.send("EHLO x\r\nSTARTTLS\r\nNOOP\r\n")
    conversation.session.tlsRefused()
    #expect(conversation.send("NOOP\r\n") == "250 ok\r\n")
    #expect(!conversation.session.isEncrypted)
    #expect(conversation.send("EHLO x\r\n").contains("STARTTLS"))
  }
}
