import SMTP
import Testing

@Suite struct ServerSessionTests {
  @Test func bannerComesFirst() {
    #expect(Conversation().received == "220 mail.example.com ESMTP\r\n")
  }

  @Test func bannerCarriesThePolicysText() {
    let conversation = Conversation { $0.banner = "Be brief\nand kind" }
    #expect(
      conversation.received == "220-mail.example.com Be brief\r\n220 and kind\r\n")
  }

  @Test(arguments: [
    (
      "EHLO client.example\r\n",
      "250-mail.example.com\r\n250-8BITMIME\r\n250-SIZE 33554432\r\n250 STARTTLS\r\n"
    ),
    ("HELO client.example\r\n", "250 mail.example.com\r\n"),
    ("ehlo x\r\n", "250-mail.example.com\r\n250-8BITMIME\r\n250-SIZE 33554432\r\n250 STARTTLS\r\n"),
    ("EHLO\r\n", "501 #5.0.0 EHLO requires domain address\r\n"),
    ("EHLO  \r\n", "501 #5.0.0 EHLO requires domain address\r\n"),
    ("HELO\r\n", "501 #5.0.0 HELO requires domain address\r\n"),
    ("NOOP\r\n", "250 ok\r\n"),
    ("NOOP whatever\r\n", "250 ok\r\n"),
    ("noop\n", "250 ok\r\n"),
    ("RSET\r\n", "250 reset\r\n"),
    ("RSET x\r\n", "501 #5.5.2 syntax error in RSET command\r\n"),
    ("VRFY joe\r\n", "252 send some mail, and it will be tried\r\n"),
    ("QUIT\r\n", "221 mail.example.com\r\n"),
    ("STARTTLS now\r\n", "501 #5.5.2 syntax error in STARTTLS command\r\n"),
    ("EXPN list\r\n", "500 #5.5.1 command not recognized\r\n"),
    ("\r\n", "500 #5.5.1 command not recognized\r\n"),
    ("\u{0}\u{1}\u{ff}\r\n", "500 #5.5.1 command not recognized\r\n"),
    (
      "HELP\r\n",
      """
      214-The following commands are recognized\r
      214- data ehlo helo help\r
      214- mail noop quit rcpt\r
      214 \u{20}rset starttls vrfy\r\n
      """
    ),
  ])
  func replies(command: String, expected: String) {
    var conversation = Conversation()
    #expect(conversation.send(command) == expected)
  }

  @Test func withoutTLSNothingBetraysIt() {
    var conversation = Conversation(.off)
    #expect(
      conversation.send("EHLO x\r\n")
        == "250-mail.example.com\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n")
    #expect(conversation.send("STARTTLS\r\n") == "500 #5.5.1 command not recognized\r\n")
    #expect(!conversation.send("HELP\r\n").contains("starttls"))
    #expect(!conversation.wantsTLS)
  }

  @Test(arguments: [
    ("HELO x\r\n", true), ("MAIL FROM:<a@b>\r\n", true), ("RSET\r\n", true), ("HELP\r\n", true),
    ("VRFY a\r\n", true), ("DATA\r\n", true), ("FOO\r\n", true),
    ("EHLO x\r\n", false), ("NOOP\r\n", false), ("QUIT\r\n", false),
  ])
  func requiredTLSComesBefore(command: String, isRefused: Bool) {
    var conversation = Conversation(.required)
    let reply = conversation.send(command)
    #expect(
      (reply == "530 #5.7.0 Must issue a STARTTLS command first\r\n") == isRefused, "\(reply)")
  }

  @Test func underTLSRequiredIsSatisfied() {
    var conversation = Conversation(.required)
    conversation.startTLS()
    #expect(conversation.send("HELO x\r\n") == "250 mail.example.com\r\n")
    #expect(conversation.send("MAIL FROM:<a@b>\r\n") == "250 sender <a@b> ok\r\n")
  }

  @Test(arguments: [
    ("<boss@partner.example>", true), ("<joe@secret.example>", true),
    ("<x@sub.wide.example>", true),
    ("<x@wide.example>", false), ("<joe@partner.example>", false), ("<>", false),
  ])
  func listedSendersNeedTLS(sender: String, isRefused: Bool) {
    var conversation = Conversation { settings in
      settings.sendersRequiringTLS = ["Boss@partner.example", "@secret.example", ".wide.example"]
    }
    let refusal = "530 #5.7.0 This sender must issue a STARTTLS command first\r\n"
    #expect((conversation.send("MAIL FROM:\(sender)\r\n") == refusal) == isRefused)
    conversation.startTLS()
    #expect(conversation.send("MAIL FROM:\(sender)\r\n") != refusal)
  }

  @Test func fifthBadCommandEndsTheConnection() {
    var conversation = Conversation()
    for _ in 1...4 { conversation.send("FOO\r\n") }
    #expect(!conversation.isClosed)
    #expect(
      conversation.send("FOO\r\nNOOP\r\n")
        == "421 Exceeded bad SMTP command limit, disconnecting\r\n")
    #expect(conversation.isClosed)
    #expect(conversation.send("NOOP\r\n").isEmpty)
  }

  @Test func nothingIsAnsweredAfterQuit() {
    var conversation = Conversation()
    #expect(conversation.send("QUIT\r\nNOOP\r\n") == "221 mail.example.com\r\n")
    #expect(conversation.isClosed)
  }

  @Test func inputInOneWriteIsAnsweredInOrder() {
    var conversation = Conversation(.off)
    #expect(
      conversation.send("NOOP\r\nRSET\r\nHELO a\r\nQUIT\r\n")
        == "250 ok\r\n250 reset\r\n250 mail.example.com\r\n221 mail.example.com\r\n")
  }

  @Test func inputInSingleBytesIsAnsweredAlike() {
    var conversation = Conversation()
    var answers = ""
    for character in "NOOP\r\nRSET\r\n".unicodeScalars {
      answers += conversation.send(String(character))
    }
    #expect(answers == "250 ok\r\n250 reset\r\n")
  }
}
