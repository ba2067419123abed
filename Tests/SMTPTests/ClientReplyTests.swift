import SMTP
import TestSupport
import Testing

@Suite struct ClientReplyTests {
  private func readings(_ text: String) -> [ReplyParser.Reading] {
    var parser = ReplyParser()
    parser.receive(text.utf8)
    var readings: [ReplyParser.Reading] = []
    while let reading = parser.next() {
      readings.append(reading)
      if case .malformed = reading { break }
    }
    return readings
  }

  @Test func linesOfOneCodeAreOneReply() {
    #expect(
      readings("250-a\r\n250-\r\n250 c\r\n221\r\n") == [
        .reply(Reply(250, ["a", "", "c"])), .reply(Reply(221, "")),
      ])
  }

  @Test(arguments: [
    "hello\r\n", "25\r\n", "250_x\r\n", "199 x\r\n", "600 x\r\n", "250x\r\n", " 250 x\r\n", "\r\n",
    "２50 x\r\n",
  ])
  func anythingElseIsMalformed(text: String) {
    #expect(readings(text) == [.malformed(String(text.dropLast(1)))])
  }

  @Test func codesMustAgree() {
    #expect(readings("250-a\r\n220 b\r\n") == [.malformed("reply codes 250 and 220 in one reply")])
  }

  @Test func linesAreLimited() {
    let longest = "250 " + String(repeating: "x", count: 2042)
    #expect(readings(longest + "\r\n").count == 1)
    #expect(readings(longest + "x\r\n") == [.malformed("line too long")])
    let most = String(repeating: "250-x\r\n", count: 127)
    #expect(readings(most + "250 x\r\n").count == 1)
    #expect(readings(most + "250-x\r\n250 x\r\n") == [.malformed("reply too long")])
    let big = String(repeating: "250-\(String(repeating: "x", count: 2000))\r\n", count: 17)
    #expect(readings(big) == [.malformed("reply too long")])
  }

  private static let pieces = [
    "220 peer\r\n", "220-a\r\n220 b\r\n", "250-p\r\n250-STARTTLS\r\n250 SIZE 5\r\n", "250 ok\r\n",
    "354 go\r\n", "421 bye\r\n", "451 later\r\n", "550-no\r\n550 never\r\n", "250\n", "garbage\r\n",
    "250-", "\r\n", "\u{0}é\r\n", "5", String(repeating: "z", count: 700),
  ]

  /// Whatever comes, in whatever pieces, the client does the same, and nothing piles up.
  @Test(arguments: 1...300)
  func anySplitOfInputGivesTheSameSteps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var text = "220 peer\r\n250-p\r\n250 SIZE\r\n"
    for _ in 1...Int.random(in: 1...40, using: &generator) {
      text += Self.pieces.randomElement(using: &generator) ?? ""
    }
    let bytes = Array(text.utf8)
    let whole = steps(bytes, in: [bytes.count])
    var cuts: [Int] = []
    while cuts.reduce(0, +) < bytes.count {
      cuts.append(Int.random(in: 1...Int.random(in: 1...50, using: &generator), using: &generator))
    }
    #expect(steps(bytes, in: cuts) == whole)
    #expect(steps(bytes, in: Array(repeating: 1, count: bytes.count)) == whole)
    #expect(whole.count > 1)
  }

  /// Plays an owner that delivers message after message in clear.
  private func steps(_ bytes: [UInt8], in cuts: [Int]) -> [ClientSession.Step] {
    var session = ClientSession(hostName: "h.example")
    var all: [ClientSession.Step] = []
    var rest = bytes[...]
    for cut in cuts {
      session.receive(rest.prefix(cut))
      rest = rest.dropFirst(cut)
      while let step = session.next() {
        all.append(step)
        switch step {
        case .introduced, .finished: session.deliver(.sample("b@c.d", "e@f.g"))
        case .sendContent: session.contentSent()
        default: break
        }
      }
      // A line, unless all came at once.
      #expect(session.bufferedByteCount <= 2048 || cuts.count == 1)
    }
    return all
  }

  @Test(arguments: 1...50)
  func contentComesOutAsItWentIn(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var content: [UInt8] = []
    for _ in 0..<Int.random(in: 0...60, using: &generator) {
      content += Array(
        ["x", ".", "..", "\r\n", "\r\n.", "\r\n.\r\n"].randomElement(using: &generator)?.utf8
          ?? "".utf8)
    }
    var stuffer = DotStuffer()
    var wire: [UInt8] = []
    var rest = content[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...5, using: &generator)
      wire += stuffer.encode(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    wire += stuffer.end()
    let text = String(decoding: wire, as: UTF8.self)
    // The end is seen once, at the end.
    #expect(text == ".\r\n" || text.hasSuffix("\r\n.\r\n"))
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.filter { $0 == "." }.count == 1)
    let received = lines.dropLast().map { $0.hasPrefix(".") ? $0.dropFirst() : $0 }
      .joined(separator: "\r\n")
    var expected = String(decoding: content, as: UTF8.self)
    if expected.hasSuffix("\r\n") { expected.removeLast() }
    #expect(received == expected)
  }
}
