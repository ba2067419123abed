import SMTP
import TestSupport
import Testing

@Suite struct DataTests {
  /// A conversation that has just been told to go ahead.
  private func started(_ change: (inout ServerSettings) -> Void = { _ in }) -> Conversation {
    var conversation = Conversation(.off, change)
    conversation.send("EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n")
    #expect(conversation.send("DATA\r\n") == "354 go ahead\r\n")
    return conversation
  }

  private static let bareLineEnds = "554 message body contains illegal bare CR/LF characters.\r\n"

  /// What some other server takes for the end of a message must be none here, and nothing behind
  /// it a command: the whole is refused once, at its real end.
  @Test(arguments: [
    "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r\n", "\r.\r", "\r\n.\r", "\r\n.\r\r\n", "\r\r\n.\n",
    "\n\n.\n\n", "\r\n\r.\r\n", "\r\n.\r.\r\n", "\u{0}\n.\n",
  ])
  func aFalseEndIsNoEnd(falseEnd: String) {
    var conversation = started()
    let answer = conversation.send(
      "Subject: one\r\n\r\ntext\(falseEnd)MAIL FROM:<evil@x>\r\nRCPT TO:<c@d>\r\nDATA\r\n"
        + "smuggled\r\n.\r\n")
    #expect(answer == Self.bareLineEnds)
    #expect(conversation.messages.isEmpty)
    #expect(conversation.abandonments == [.bareLineEnd])
    #expect(conversation.send("RCPT TO:<c@d>\r\n") == "503 #5.5.1 MAIL first\r\n")
  }

  @Test(arguments: [
    ("\r\n\u{0}.\r\n", 1), ("\r\n..\r\n", 1), ("\r\n. \r\n", 1), ("\r\n.\r\n", 2),
  ])
  func onlyADotAloneEnds(text: String, messages: Int) {
    var conversation = started()
    conversation.send(
      "text\(text)MAIL FROM:<second@x>\r\nRCPT TO:<c@d>\r\nDATA\r\nmore\r\n.\r\n")
    #expect(conversation.messages.count == messages)
  }

  @Test func eightBitBytesAreTakenAndNoted() {
    var conversation = started()
    conversation.send("Gr\u{FC}\u{DF}e \u{0}\r\n.\r\n")
    #expect(conversation.texts == ["Received: here\r\nGr\u{FC}\u{DF}e \u{0}\r\n"])
    #expect(conversation.messages.first?.isEightBit == true)
  }

  @Test(arguments: [(10, true), (11, false)])
  func sizeIsLimited(count: Int, isTaken: Bool) {
    var conversation = started { $0.maximumSize = 12 }
    let answer = conversation.send(String(repeating: "x", count: count) + "\r\n.\r\n")
    #expect(
      answer
        == (isTaken
          ? "250 ok:  Message 12 accepted\r\n" : "552 #5.3.4 message size exceeds limit\r\n"))
    #expect(conversation.abandonments == (isTaken ? [] : [.tooLarge]))
    #expect(conversation.send("NOOP\r\n") == "250 ok\r\n")
  }

  @Test func aFloodIsReadToItsEndAndNotKept() {
    var conversation = started { $0.maximumSize = 1000 }
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 10)
    for _ in 1...160 {
      #expect(conversation.send(piece).isEmpty)
      #expect(conversation.session.bufferedByteCount == 0)
    }
    #expect(
      conversation.send("\r\n.\r\nNOOP\r\n")
        == "552 #5.3.4 message size exceeds limit\r\n250 ok\r\n")
  }

  @Test func aLongLineIsTakenInAMessage() {
    var conversation = started()
    let line = String(repeating: "x", count: 10 << 20)
    #expect(conversation.send(line + "\r\n.\r\n") == "250 ok:  Message 12 accepted\r\n")
    #expect(conversation.messages.first?.size == (10 << 20) + 2)
  }

  /// Whatever bytes come, the message is what a plain reading of RFC 5321 §4.5.2 says, or refused.
  @Test(arguments: 1...300)
  func anyBytesAreReadAsThePlainRuleSays(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = ["\r", "\n", "\r\n", ".", "\r\n.", "..", "a", "bc", "\u{E9}", "\r\n.\r"]
    for _ in 1...20 {
      // What stands behind the real end are commands; each body has a session of its own.
      var conversation = started()
      var body = ""
      for _ in 0...Int.random(in: 0...12, using: &generator) {
        body += pieces.randomElement(using: &generator) ?? ""
      }
      let reading = PlainReading(of: body + "\r\n.\r\n")
      var answer = ""
      for chunk in Array((body + "\r\n.\r\n").utf8).cut(using: &generator) {
        answer += conversation.send(chunk)
      }
      if let text = reading.text {
        #expect(answer.hasPrefix("250 ok:  Message "), "\(body.debugDescription)")
        #expect(conversation.texts.first == "Received: here\r\n" + text)
      } else {
        #expect(answer.hasPrefix(Self.bareLineEnds), "\(body.debugDescription)")
        #expect(conversation.messages.isEmpty)
      }
    }
  }
}

/// A message read by the letter of the rule: everything at once, nothing clever.
private struct PlainReading {
  /// The message; nil when it holds a CR or LF by itself.
  let text: String?

  init(of input: String) {
    // The line end of DATA itself counts for a dot that comes at once.
    let bytes = Array(("\r\n" + input).utf8)
    let end = Array("\r\n.\r\n".utf8)
    let place = bytes.indices.first { bytes[$0...].starts(with: end) } ?? bytes.endIndex
    var rest = bytes[2..<max(2, min(bytes.count, place + 2))]
    var lines: [[UInt8]] = []
    while let lineEnd = rest.indices.first(where: { rest[$0...].starts(with: [13, 10]) }) {
      lines.append(Array(rest[..<lineEnd]))
      rest = rest[(lineEnd + 2)...]
    }
    guard rest.isEmpty, !lines.joined().contains(where: { $0 == 13 || $0 == 10 }) else {
      text = nil
      return
    }
    text = lines.map { line in
      String(
        decoding: line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...], as: UTF8.self)
        + "\r\n"
    }.joined()
  }
}

extension Array<UInt8> {
  /// The bytes in pieces of random size.
  func cut(using generator: inout SeededGenerator) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    while start < count {
      let end = Swift.min(count, start + Int.random(in: 1...20, using: &generator))
      pieces.append(self[start..<end])
      start = end
    }
    return pieces
  }
}
