import Dialogue
import DialogueTestSupport
import Testing

@Suite struct ConversationTests {
  private struct Even: Answer {
    let number: Int
    var shown: String { String(number) }
    init(_ number: Int) { self.number = number }
    init(answer: String) throws(InvalidAnswer) {
      guard let number = Int(answer), number % 2 == 0 else {
        throw InvalidAnswer("Even, please.")
      }
      self.number = number
    }
  }

  private enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    var summary: String { "Does \(rawValue.lowercased())" }
  }

  private func talk(_ answers: [String?]) -> (Conversation, ScriptedTerminal) {
    let terminal = ScriptedTerminal(answers)
    return (Conversation(on: terminal), terminal)
  }

  @Test("A wrong answer gets its sentence and the question again")
  func wrongAnswer() async throws {
    let (c, terminal) = talk(["x", "3", " 4 "])
    let even = try await c.ask("A number?", as: Even.self)
    #expect(even.number == 4)
    #expect(
      terminal.screen == """

        A number?
        []> x
        Even, please.

        A number?
        []> 3
        Even, please.

        A number?
        []>  4 

        """)
  }

  @Test("An empty answer takes the default, or is asked for again")
  func emptyAnswer() async throws {
    let (c, terminal) = talk(["", nil, "", "6"])
    #expect(try await c.ask("A?", as: Even.self, default: Even(2)).number == 2)
    #expect(try await c.ask("A?", as: Even.self, default: Even(8)).number == 8)
    #expect(try await c.ask("A?", as: Even.self).number == 6)
    #expect(terminal.screen.contains("[2]> "))
    #expect(terminal.screen.contains("A value is required."))
  }

  @Test("Yes and no in any case; anything else is asked again", arguments: [true, false])
  func confirm(_ preset: Bool) async throws {
    let (c, terminal) = talk(["YES", "n", "", "maybe", "No"])
    #expect(try await c.confirm("Sure?", default: preset))
    #expect(try await !c.confirm("Sure?", default: preset))
    #expect(try await c.confirm("Sure?", default: preset) == preset)
    #expect(try await !c.confirm("Sure?", default: preset))
    #expect(terminal.screen.contains("Please answer Yes or No."))
    #expect(terminal.screen.contains("Sure? [\(preset ? "Y" : "N")]> "))
  }

  @Test("The bracket of a long yes/no question stands on its last line")
  func longQuestion() async throws {
    let (c, terminal) = talk(["y"])
    _ = try await c.confirm("First line\nsecond line?", default: false)
    #expect(terminal.screen == "\nFirst line\nsecond line? [N]> y\n")
    #expect(terminal.prompts.first?.question == "second line? ")
  }

  @Test(
    "A list takes the number or the text, in any case",
    arguments: [("2", "b"), ("Beta", "b"), ("ALPHA", "a"), ("", "a")])
  func choose(_ answer: String, _ value: String) async throws {
    let (c, _) = talk([answer])
    let items = [Choice("Alpha", "a"), Choice("Beta", "b")]
    #expect(try await c.choose("Which?", from: items) == value)
  }

  @Test("A number that is not in the list is refused", arguments: ["0", "3", "-1", "gamma", "9e9"])
  func wrongChoice(_ answer: String) async throws {
    let (c, terminal) = talk([answer, "1"])
    #expect(try await c.choose(nil, from: [Choice("Alpha", 1), Choice("Beta", 2)]) == 1)
    #expect(terminal.screen.contains("The value must be an integer from 1 to 2."))
  }

  @Test("A picked list may be left; a question may stand below its list")
  func pick() async throws {
    let (c, terminal) = talk(["", "2", "1"])
    let items = [Choice("Alpha", 1), Choice("Beta", 2)]
    #expect(try await c.pick("Which?", from: items) == nil)
    #expect(try await c.pick(nil, from: items) == 2)
    _ = try await c.choose("Below?", from: items, isBelow: true)
    #expect(terminal.screen.hasSuffix("\n1. Alpha\n2. Beta\nBelow?\n[1]> 1\n"))
  }

  @Test("A menu takes whole words in any case, refuses others and is left by Return")
  func menu() async throws {
    let (c, terminal) = talk(["ne", "edit", nil])
    #expect(try await c.menu(Operation.allCases) == .edit)
    #expect(try await c.menu(Operation.allCases) == nil)
    #expect(terminal.screen.contains("Unknown option \"ne\"."))
    #expect(terminal.screen.contains("- NEW - Does new\n- EDIT - Does edit\n[]> "))
  }

  @Test("A number that is wanted is not left out")
  func missingNumber() async throws {
    let (c, terminal) = talk(["", "10"])
    #expect(try await c.ask("How many?", in: 1...10) == 10)
    #expect(terminal.screen.contains("A value is required.\n\nHow many?"))
  }

  @Test("A row is picked by its number, or by its name in any case", arguments: ["2", "Two"])
  func namedRow(_ answer: String) async throws {
    let (c, terminal) = talk(["three", "3", answer])
    #expect(try await c.pick("Which one?", in: 1...2, names: ["one", "two"]) == 2)
    #expect(terminal.screen.contains("The value must be an integer from 1 to 2."))
  }

  @Test("A range is named in the refusal", arguments: ["0", "11", "ten"])
  func range(_ answer: String) async throws {
    let (c, terminal) = talk([answer, "10"])
    #expect(try await c.ask("How many?", in: 1...10) == 10)
    #expect(terminal.screen.contains("The value must be an integer from 1 to 10."))
  }

  @Test("A secret has no bracket and is not echoed")
  func secret() async throws {
    let (c, terminal) = talk(["Tr0ub4dor"])
    #expect(try await c.secret("Enter pass phrase:") == "Tr0ub4dor")
    #expect(terminal.screen == "\nEnter pass phrase:\n")
  }

  @Test("Ctrl-C leaves every verb as an error")
  func interrupted() async {
    let (c, _) = talk(["^C", "^C", "^C"])
    await #expect(throws: InputEnd.interrupted) { try await c.ask("A?") }
    await #expect(throws: InputEnd.interrupted) { try await c.paste("B?") }
    await #expect(throws: InputEnd.interrupted) { try await c.menu(Operation.allCases) }
    await #expect(throws: InputEnd.endOfInput) { try await c.confirm("C?", default: true) }
  }
}
