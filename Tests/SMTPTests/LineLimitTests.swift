import SMTP
import Testing

@Suite struct LineLimitTests {
  /// A NOOP whose line, its end included, has so many bytes.
  private func noop(bytes: Int) -> String {
    "NOOP " + String(repeating: "x", count: bytes - 7) + "\r\n"
  }

  @Test func theLimitItselfIsAllowed() {
    var conversation = Conversation()
    #expect(conversation.send(noop(bytes: 1024)) == "250 ok\r\n")
    #expect(conversation.send(noop(bytes: 1025)) == "500 Line too long\r\n")
  }

  @Test func aLongLineInPiecesIsOneErrorAndTakesNoRoom() {
    var conversation = Conversation()
    for _ in 1...1000 {
      #expect(conversation.send(String(repeating: "x", count: 1000)).isEmpty)
      #expect(conversation.session.bufferedByteCount <= 1024)
    }
    #expect(conversation.send("NOOP\r\nNOOP\r\n") == "500 Line too long\r\n250 ok\r\n")
  }

  @Test func manyLinesAtOnceAreAllAnswered() {
    var conversation = Conversation()
    let replies = conversation.send(String(repeating: "NOOP\r\n", count: 20_000))
    #expect(replies.utf8.count == 20_000 * 8)
    #expect(conversation.session.bufferedByteCount == 0)
  }
}
