import Configuration
import Testing

@testable import Commands

@Suite("The text form of a recipient access table") struct RecipientTextTests {
  private func read(_ text: String) throws -> [RecipientRule] {
    try [RecipientRule](exported: Array(text.utf8))
  }

  private func rule(_ pattern: String, _ isAccepted: Bool = true, _ response: String = "")
    -> RecipientRule
  {
    RecipientRule(pattern: pattern, isAccepted: isAccepted, response: response)
  }

  @Test("A table comes back as it was, order and responses included")
  func roundTrip() throws {
    let table = [
      rule("joe@example.com", false, "550 \"gone\" # yes"), rule("example.com"),
      rule(".example.com"), rule("ALL", false, "no"),
    ]
    #expect(try read(table.text) == table)
  }

  @Test("A new rule stands above the first that would hide it")
  func order() throws {
    var table = [rule("ALL", false)]
    for pattern in [".example.com", "example.com", "a@x.example.com", "x.example.com", "b.example"]
    {
      table = try table.adding([rule(pattern)])
    }
    #expect(
      table.map(\.pattern) == [
        "a@x.example.com", "x.example.com", ".example.com", "example.com", "b.example", "ALL",
      ])
    #expect(throws: OperationFailed("There is already an entry for b.example.")) {
      try table.adding([rule("c.example"), rule("b.example", false)])
    }
  }

  @Test(
    "A wrong line is named",
    arguments: [
      ("", "line 1: The table does not end"), ("\n\nx.example\nALL REJECT", "line 3: An entry is"),
      ("ALL REJECT\nALL REJECT", "line 2: Nothing stands behind"),
      ("# a\nx ACCEPT\nALL REJECT", "line 2: \"x\" is no recipient"),
      ("ALL REJECT Zürich", "line 1: The text must be"),
    ])
  func refused(_ text: String, _ sentence: String) {
    let error = #expect(throws: OperationFailed.self) { try read(text) }
    #expect(error?.description.hasPrefix("Error: \(sentence)") == true)
  }
}

@Suite("Times of listenerconfig") struct TimeSpanTests {
  @Test(
    "A time is read with s, m and h and shown in the largest that fits",
    arguments: [("300", 300, "5m"), ("90M", 5400, "90m"), ("1h", 3600, "1h"), ("61s", 61, "61s")])
  func times(_ text: String, _ seconds: Int, _ shown: String) throws {
    let time = try TimeSpan(answer: text)
    #expect(time.seconds == seconds)
    #expect(time.shown == shown)
  }

  @Test("Anything else is no time", arguments: ["0", "-1", "25h", "1d", "h", "1.5m", "86401"])
  func refused(_ text: String) { #expect((try? TimeSpan(answer: text)) == nil) }
}
