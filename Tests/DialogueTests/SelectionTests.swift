import DialogueTestSupport
import Testing

@testable import Dialogue

@Suite("Choosing several items") struct SelectionTests {
  @Test(
    "Numbers, ranges and titles are read, and shown as ranges",
    arguments: [
      ("2", "2"), ("1,2,3", "1-3"), ("3, 1", "1,3"), ("1-3", "1-3"), ("1 - 2,4", "1-2,4"),
      ("TLS v1.2, tls v1.0", "1,3"), ("2,2", "2"), ("1-4", "1-4"),
    ])
  func read(_ text: String, _ shown: String) {
    let titles = ["TLS v1.0", "TLS v1.1", "TLS v1.2", "SSL-v2"]
    #expect(Selection(text, among: titles)?.text == shown)
  }

  @Test(
    "Anything else is no selection",
    arguments: ["", ",", "0", "5", "3-1", "1-", "-1", "1-2-3", "x", "1,,2", "0-2", "1;2"])
  func refused(_ text: String) {
    #expect(Selection(text, among: ["a", "b", "c", "d"]) == nil)
  }

  @Test("A wrong answer and one that is refused ask again; an empty one takes the default")
  func asks() async throws {
    let terminal = ScriptedTerminal(["4", "1,3", "", "1,2"])
    let conversation = Conversation(on: terminal)
    let items = ["a", "b", "c"].map { Choice($0, $0) }
    func ask(_ numbers: [Int]) async throws -> [String] {
      try await conversation.chooseSeveral("Which?", from: items, default: numbers) {
        (values) throws(InvalidAnswer) in
        if values == ["a", "c"] { throw InvalidAnswer("Not these.") }
      }
    }
    #expect(try await ask([2, 3]) == ["b", "c"])
    #expect(try await ask([]) == ["a", "b"])
    #expect(terminal.prompts.map(\.text) == ["[2-3]> ", "[2-3]> ", "[2-3]> ", "[]> "])
    #expect(terminal.screen.contains("from 1 to 3, such as 1,2 or 1-2.\n"))
    #expect(terminal.screen.contains("Not these.\n"))
    #expect(terminal.unused == 0)
  }
}
