import Testing

@testable import Dialogue

/// A key that sends several bytes is told from text, and no text is lost with it.
@Suite struct EscapeSequenceTests {
  @Test(arguments: [
    ("ab", "ab"), ("a\u{1B}[Db", "ab"), ("a\u{1B}OCb", "ab"), ("\u{1B}[3~a", "a"),
    ("\u{1B}[1;5Da", "a"), ("\u{1B}\u{1B}[Aa", "a"),
    // A key that is given up, or none.
    ("\u{1B}a", "a"), ("\u{1B}\ra", "\ra"), ("\u{1B}[1\ra", "\ra"), ("\u{1B}[é", "é"),
    ("\u{1B}[\(String(repeating: "1", count: 20))", "1111"),
  ])
  func textIsLeft(_ typed: String, _ text: String) {
    var sequence = EscapeSequence()
    let left = typed.utf8.filter { !sequence.take($0) }
    #expect(String(decoding: left, as: UTF8.self) == text)
  }
}
