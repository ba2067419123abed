import Dialogue

/// What a session shows up to the point where it waits: whole lines, and the line it waits on.
struct Question: Equatable {
  /// The whole lines, blanks at their ends taken off.
  var output: [String]
  /// What stands on the waiting line before the bracket.
  var lead: String
  /// The bracket; empty for secrets and the pager.
  var bracket: String
  let kind: SessionEvent.Kind

  init(_ event: SessionEvent) {
    kind = event.kind
    var shown = event.output
    switch kind {
    case .prompt(let prompt):
      shown += prompt.question
      bracket = prompt.bracket
    case .key(let text):
      shown += text
      bracket = ""
    case .paste, .ended:
      // Nothing is typed on a line that is begun here, so it counts as a whole one.
      if !shown.isEmpty, shown.utf8.last != 10 { shown += "\n" }
      bracket = ""
    }
    (output, lead) = Question.lines(shown)
    // A secret asked on a blank line has no prompt that could be shown.
    if isSecret, text.droppingTrailingBlanks.isEmpty { (lead, bracket) = ("", "") }
  }

  /// Whole lines, and what comes after the last line end.
  static func lines(_ text: String) -> ([String], rest: String) {
    var parts = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
    let rest = parts.popLast().map { String(decoding: $0, as: UTF8.self) } ?? ""
    return (parts.map { Substring($0).droppingTrailingBlanks }, rest)
  }

  /// The waiting line as the screen shows it.
  var text: String { lead + bracket }

  /// Whether what is typed is not shown.
  var isSecret: Bool {
    if case .prompt(let prompt) = kind { !prompt.echo } else { false }
  }

  /// Whether the session waits on a line of its own (a prompt or the pager's line).
  var waitsOnLine: Bool {
    switch kind {
    case .prompt, .key: true
    case .paste, .ended: false
    }
  }

  /// Whether it is the main prompt.
  var isMain: Bool {
    if case .prompt(let prompt) = kind { prompt.isCommandLine } else { false }
  }

  /// What a transcript's line holds after the prompt, or nil when it does not begin with it.
  ///
  /// Directly after `...` the bracket alone will do: the dots have swallowed the question.
  func answer(on line: String, afterDots: Bool) -> (prompt: String, answer: String)? {
    guard waitsOnLine else { return nil }
    if let answer = Question.rest(of: line, after: text) { return (text, answer) }
    guard afterDots, !bracket.isEmpty, !lead.isEmpty else { return nil }
    return Question.rest(of: line, after: bracket).map { (bracket, $0) }
  }

  private static func rest(of line: String, after prompt: String) -> String? {
    if line.utf8.starts(with: prompt.utf8) {
      return String(decoding: line.utf8.dropFirst(prompt.utf8.count), as: UTF8.self)
    }
    // An editor may have taken the blank after the prompt.
    return line.droppingTrailingBlanks.utf8.elementsEqual(prompt.droppingTrailingBlanks.utf8)
      ? "" : nil
  }
}
