import SMTP
import TestSupport
import Testing

@Suite struct AnyInputTests {
  private static let pieces = [
    "EHLO a\r\n", "HELO\n", "NOOP\r\n", "RSET x\r\n", "MAIL FROM:<a@b>\r\n", "MAIL FROM:<\"", "\r",
    "\n", "\r\n", "\u{0}", "é", "HELP\r\n", " ", "\t", "VRFY x\r\n", "DATA\r\n", "RCPT",
    String(repeating: "y", count: 600), "<", ">", "FROM:", "mail from:",
  ]

  /// Whatever comes, each line has one reply until the session ends, and nothing piles up.
  @Test(arguments: 1...200)
  func eachLineHasOneReply(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var conversation = Conversation { $0.badCommandLimit = .max }
    var replies = 0
    var lines = 0
    for _ in 1...100 {
      let text = Self.pieces.randomElement(using: &generator) ?? ""
      lines += text.utf8.count { $0 == UInt8(ascii: "\n") }
      let answer = conversation.send(text)
      replies += answer.split(separator: "\r\n").count {
        $0.count > 3 && $0.dropFirst(3).first == " "
      }
      #expect(answer.isEmpty || answer.hasSuffix("\r\n"))
      #expect(conversation.session.bufferedByteCount <= 1024)
    }
    #expect(replies == lines)
  }
}
