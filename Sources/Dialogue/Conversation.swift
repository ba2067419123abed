/// Questions and answers with a user, over any terminal.
///
/// The verbs are few and closed; all commands are written in them. It knows nothing of mail.
public final class Conversation: Sendable {
  /// Where the session is held.
  public let terminal: any Terminal
  let pager: Pager

  /// Begins a conversation.
  public init(on terminal: any Terminal) {
    self.terminal = terminal
    pager = Pager(terminal: terminal)
  }

  /// Switches paging on or off for the session (`setttymode`).
  public func setPaging(_ isOn: Bool) { pager.isOn = isOn }

  // MARK: Saying

  /// Shows a text and ends the line; the text may have several lines.
  public func say(_ text: String = "") async {
    await terminal.write(text + "\n")
  }

  /// Shows a text that may be longer than the window, page by page.
  ///
  /// - Throws: `InputEnd` when the user interrupts between pages.
  public func page(_ text: String) async throws(InputEnd) {
    try await pager.show(text)
  }

  /// Shows rows under headings, each value cut to its column's width.
  ///
  /// - Throws: `InputEnd` when the user interrupts between pages.
  public func table(_ columns: [Column], _ rows: [[String]]) async throws(InputEnd) {
    try await page(Table(columns: columns, rows: rows).text)
  }

  // MARK: Asking

  /// Asks for a value until it is valid.
  ///
  /// - Parameters:
  ///   - question: stands on its own line above the bracket; empty for a bare bracket.
  ///   - type: the answer's type, which validates it.
  ///   - default: taken for an empty answer and shown in the bracket.
  ///   - style: `[]> ` or the bare `> ` of a few free-text questions.
  public func ask<Value: Answer>(
    _ question: String, as type: Value.Type, default: Value? = nil,
    style: BracketStyle = .brackets, completions: [String] = []
  ) async throws(InputEnd) -> Value {
    while true {
      let text = try await line(
        under: question, bracket: style.text(showing: `default`?.shown ?? ""),
        completions: completions)
      if text.isEmpty {
        if let value = `default` { return value }
        await say("A value is required.")
        continue
      }
      do throws(InvalidAnswer) {
        return try Value(answer: text)
      } catch {
        await say(error.description)
      }
    }
  }

  /// Asks for a text, which must not be empty.
  public func ask(_ question: String) async throws(InputEnd) -> String {
    try await ask(question, as: String.self)
  }

  /// Asks for a text that may be left empty.
  public func askOptional(
    _ question: String, completions: [String] = []
  ) async throws(InputEnd) -> String {
    try await line(under: question, bracket: "[]> ", completions: completions)
  }

  /// Asks for a whole number within a range.
  public func ask(
    _ question: String, in range: ClosedRange<Int>, default: Int? = nil
  ) async throws(InputEnd) -> Int {
    while true {
      let text = try await line(
        under: question, bracket: "[\(`default`.map(String.init) ?? "")]> ")
      if text.isEmpty {
        if let value = `default` { return value }
        await say("A value is required.")
        continue
      }
      if let number = Int(text), range.contains(number) { return number }
      await say(
        "The value must be an integer from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  /// Asks a yes/no question; the bracket stands on the question's last line.
  public func confirm(_ question: String, default: Bool) async throws(InputEnd) -> Bool {
    var lines = question.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.popLast() ?? ""
    while true {
      await say((["" as Substring] + lines).joined(separator: "\n"))
      let text = try await line(
        Prompt(question: last + " ", bracket: `default` ? "[Y]> " : "[N]> "))
      switch text.lowercased() {
      case "": return `default`
      case "y", "yes": return true
      case "n", "no": return false
      default: await say("Please answer Yes or No.")
      }
    }
  }

  /// Asks for one item of a numbered list, by number or by text.
  ///
  /// - Parameters:
  ///   - question: what is asked; nil for none.
  ///   - isBelow: whether the question stands between the list and the bracket.
  ///   - default: the number, from 1, that an empty answer takes.
  public func choose<Value>(
    _ question: String?, from items: [Choice<Value>], default: Int = 1, isBelow: Bool = false
  ) async throws(InputEnd) -> Value {
    while true {
      let number = try await self.number(
        question, among: items, bracket: "[\(`default`)]> ", isBelow: isBelow)
      if let index = number ?? Optional(`default`), items.indices.contains(index - 1) {
        return items[index - 1].value
      }
      await say("The value must be an integer from 1 to \(items.count).")
    }
  }

  /// Asks for one item of a numbered list that may be left; an empty answer yields nil.
  ///
  /// - Parameter isBelow: whether the question stands between the list and the bracket.
  public func pick<Value>(
    _ question: String?, from items: [Choice<Value>], isBelow: Bool = false
  ) async throws(InputEnd) -> Value? {
    while true {
      guard
        let index = try await number(
          question, among: items, bracket: "[]> ", isBelow: isBelow)
      else { return nil }
      if items.indices.contains(index - 1) { return items[index - 1].value }
      await say("The value must be an integer from 1 to \(items.count).")
    }
  }

  /// Asks for the number of a row that was shown before; an empty answer yields nil.
  ///
  /// - Parameter names: what each of the first rows is called, where a name is taken too.
  public func pick(
    _ question: String, in rows: ClosedRange<Int>, names: [String] = []
  ) async throws(InputEnd) -> Int? {
    while true {
      let text = try await line(under: question, bracket: "[]> ", completions: names)
      if text.isEmpty { return nil }
      if let index = text.index(in: names.map { [$0] }) {
        return rows.lowerBound + index
      }
      if let number = Int(text), rows.contains(number) { return number }
      await say("The value must be an integer from \(rows.lowerBound) to \(rows.upperBound).")
    }
  }

  /// Shows a menu and asks for an operation; an empty answer leaves it and yields nil.
  public func menu<Operation: MenuOperation>(
    _ operations: [Operation]
  ) async throws(InputEnd) -> Operation? {
    let list = operations.map { "- \($0.word) - \($0.summary)" }.joined(separator: "\n")
    while true {
      let text = try await line(
        under: "Choose the operation you want to perform:\n\(list)", bracket: "[]> ",
        completions: operations.map(\.word))
      if text.isEmpty { return nil }
      if let operation = operations.first(where: { $0.word == text.uppercased() }) {
        return operation
      }
      await say("Unknown option \"\(text)\".")
    }
  }

  /// Asks for a secret: no bracket, no echo.
  public func secret(_ question: String) async throws(InputEnd) -> String {
    await say()
    return try await terminal.readLine(Prompt(question: question, bracket: "", echo: false)) ?? ""
  }

  /// Asks for pasted lines that end with a single dot.
  ///
  /// - Parameters:
  ///   - question: stands above the pasted lines.
  ///   - paste: whether it is secret, how long it may be, what else ends it.
  /// - Returns: the lines, each ended by `\n`.
  public func paste(
    _ question: String, _ paste: Paste = Paste()
  ) async throws(InputEnd) -> String {
    await say("\n" + question)
    return try await terminal.readPaste(paste).map { $0 + "\n" }.joined()
  }

  /// Shows a prompt as it stands and reads one line; nil for Ctrl-D on an empty line.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    try await terminal.readLine(prompt)
  }
}

/// How the bracket of a question looks.
public enum BracketStyle: Sendable {
  /// `[default]> `.
  case brackets
  /// `> `, as a few free-text questions have it.
  case bare

  func text(showing value: String) -> String { self == .bare ? "> " : "[\(value)]> " }
}

extension Conversation {
  /// A blank line, the question, and what is typed behind the bracket below it.
  func line(
    under question: String, bracket: String, completions: [String] = []
  ) async throws(InputEnd) -> String {
    await say(question.isEmpty ? "" : "\n" + question)
    return try await line(Prompt(bracket: bracket, completions: completions))
  }

  /// What is typed, without surrounding blanks; Ctrl-D counts as an empty answer.
  private func line(_ prompt: Prompt) async throws(InputEnd) -> String {
    (try await terminal.readLine(prompt) ?? "").trimmingBlanks
  }

  /// The number that was chosen, 0 for one that is not in the list, nil for an empty answer.
  private func number<Value>(
    _ question: String?, among items: [Choice<Value>], bracket: String, isBelow: Bool
  ) async throws(InputEnd) -> Int? {
    let titles = items.map(\.title)
    var lines = titles.enumerated().map { "\($0 + 1). \($1)" }
    if let question { lines.insert(question, at: isBelow ? lines.count : 0) }
    let text = try await line(
      under: lines.joined(separator: "\n"), bracket: bracket,
      completions: titles + items.flatMap(\.aliases))
    if text.isEmpty { return nil }
    // The number comes first; a list of key sizes is answered by `2048` as well as by `2`.
    if let number = Int(text), number >= 1, number <= titles.count { return number }
    return text.index(in: items.map { [$0.title] + $0.aliases }).map { $0 + 1 } ?? 0
  }
}

extension StringProtocol {
  /// The text without white space at either end.
  public var trimmingBlanks: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
