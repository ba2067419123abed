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

  /// A random input of transactions, whole, broken off, and with bytes that belong nowhere.
  private static func input(using generator: inout SeededGenerator) -> [UInt8] {
    let noise = [
      "RSET\r\n", "NOOP\r\n", "FOO\r\n", "\r\n", "RCPT TO:<x@y>\r\n", "\u{0}\u{FF}\r\n",
      "EHLO x\r\n",
      "DATA\r\n", ".\r\n", "MAIL FROM:<n@oise>\r\n", "é\n",
      String(repeating: "z", count: 1100) + "\r\n",
    ]
    let bodies = [
      "", "..stuffed\r\n", "bare\n", "bare\r", "long \(String(repeating: "w", count: 3000))\r\n",
    ]
    var text = ""
    for number in 1...30 {
      if Bool.random(using: &generator) {
        text += noise.randomElement(using: &generator) ?? ""
        continue
      }
      text += "MAIL FROM:<s\(number)@x>\r\nRCPT TO:<r\(number)@y>\r\n"
      if Int.random(in: 0...5, using: &generator) == 0 { text += "RSET\r\n" }
      text +=
        "DATA\r\nbody of s\(number)@x\r\n\(bodies.randomElement(using: &generator) ?? "").\r\n"
    }
    return Array(text.utf8)
  }

  /// However the input is cut, the steps are the same; no message holds a part of another, or a CR
  /// or LF by itself; nothing piles up.
  @Test(arguments: 1...200)
  func anyCutGivesTheSameSteps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let input = Self.input(using: &generator)
    let limits: (inout ServerSettings) -> Void = {
      $0.badCommandLimit = 25
      $0.maximumSize = 2500
      $0.messageLimit = 12
    }
    var whole = Conversation(.off, limits)
    whole.send(input)
    var pieces = Conversation(.off, limits)
    for piece in input.cut(using: &generator) {
      pieces.send(piece)
      #expect(pieces.session.bufferedByteCount <= 1024)
    }
    #expect(whole.steps == pieces.steps)
    for message in whole.messages {
      let text = String(decoding: message.content, as: UTF8.self)
      #expect(message.size <= 2500)
      let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(lines.last == "")
      #expect(!lines.contains { $0.contains { $0 == "\r" || $0 == "\n" } })
      // Every body names its own sender, and nothing else does.
      let named = text.components(of: "body of ")
      if message.sender.text != "n@oise" {
        #expect(named.first == message.sender.text, "\(text)")
        #expect(
          message.recipients.first?.text == "r" + message.sender.text.dropFirst().dropLast(2) + "@y"
        )
      }
    }
  }
}

extension String {
  /// The words behind each place where a text stands.
  fileprivate func components(of text: String) -> [String] {
    split(separator: text).dropFirst().map { String($0.prefix { !$0.isNewline }) }
  }
}
