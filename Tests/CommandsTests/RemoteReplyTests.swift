import Testing

@testable import Commands

@Suite struct RemoteReplyTests {
  private func reply(_ parts: String...) -> (lines: [String], reply: RemoteReply) {
    var reply = RemoteReply()
    var lines: [String] = []
    for part in parts { lines += reply.append(Array(part.utf8)) }
    return (lines, reply)
  }

  @Test(
    "An SMTP reply ends with its last line; of anything else a pause is the end",
    arguments: [
      ("220 mx ESMTP\r\n", true), ("250\r\n", true), ("250-mx\r\n", false),
      ("250-mx\r\n250 STARTTLS\r\n", true), ("220 mx", false), ("22", false), ("", false),
      ("HTTP/1.1 200 OK\r\n", false), ("25 x\r\n", false), ("2500\r\n", false),
      ("221 bye\r\n", false), ("421 too many\r\n", false), ("250 ok\n", true),
      ("250 ok\r\nand", false),
    ])
  func ends(_ text: String, isOver: Bool) {
    #expect((reply(text).reply.patience == nil) == isOver)
  }

  @Test("Lines are whole wherever they were cut")
  func cuts() {
    let (lines, reply) = reply("250-a", "\r", "\n250", " b\r\n")
    #expect(lines == ["250-a", "250 b"])
    #expect(reply.patience == nil)
    #expect(reply.rest == nil)
  }

  @Test("Before the first word is a longer wait than behind one")
  func patience() throws {
    let first = try #require(RemoteReply().patience)
    let later = try #require(reply("login:").reply.patience)
    #expect(first > later)
  }

  @Test("What has no line end is shown when nothing more comes")
  func rest() {
    var (lines, reply) = reply("welcome\nlogin: ")
    #expect(lines == ["welcome"])
    reply.fallSilent()
    #expect(reply.patience == nil)
    #expect(reply.rest == "login: ")
  }

  @Test("Only 354 opens a message", arguments: [("354 go\r\n", true), ("250 ok\r\n", false)])
  func message(_ text: String, opens: Bool) {
    #expect(reply(text).reply.opensMessage == opens)
  }

  @Test("A terminal is not told to do anything")
  func controls() {
    #expect(reply("250 \u{1B}[2Jx\u{9B}\u{202E}\ty\r\n").lines == ["250 ?[2Jx??\ty"])
  }
}
