import Dialogue

/// What a prompt is where nobody says it: over a line that carries bytes and nothing else.
///
/// There a prompt is the text that the transcript expects, at the end of all that came. So the
/// lines are asked whether the session may wait now, and for what.
extension Matcher {
  /// What the session waits for, if the transcript expects it to wait here.
  ///
  /// - Parameters:
  ///   - output: the whole lines that came since the last answer.
  ///   - tail: what stands on the line at the cursor.
  /// - Returns: the event, or nil where more must come.
  func expectedEvent(output: [String], tail: String) -> SessionEvent? {
    let candidates =
      tail.droppingTrailingBlanks.isEmpty
      ? unshown(after: output)
      : tail.contains(Pager.prompt)
        ? [.key(tail)] : [.prompt(Prompt(shown: tail, echo: false)), .prompt(Prompt(shown: tail))]
    let text = output.map { $0 + "\n" }.joined()
    return candidates.map { SessionEvent(output: text, kind: $0) }
      .first { accepts(Question($0)) }
  }

  /// What may be asked on a line that shows nothing: the line above it tells.
  private func unshown(after output: [String]) -> [SessionEvent.Kind] {
    guard let caption = output.last(where: { !$0.droppingTrailingBlanks.isEmpty })?.lowercased()
    else { return [] }
    let endsAtControlD = caption.contains("ctrl-d") || caption.contains("^d")
    if endsAtControlD || caption.contains("'.'") || caption.contains("\".\"") {
      return [.paste(Paste(endsAtControlD: endsAtControlD))]
    }
    return caption.droppingTrailingBlanks.hasSuffix(":")
      ? [.prompt(Prompt(bracket: "", echo: false))] : []
  }

  private func accepts(_ question: Question) -> Bool {
    guard case .found(let index, _) = find(question), index < lines.count else { return false }
    let line = lines[index]
    if let directive = line.directive {
      // Where another session or a command comes in, the prompt stands only further down.
      return !directive.isBarrier || (!question.isSecret && PromptShape.isPrompt(question.text))
    }
    guard question.waitsOnLine else { return true }
    guard let text = line.text,
      let (prompt, answer) = question.answer(on: text, afterDots: isAfterDots(index))
    else { return false }
    let isBare = answer.droppingTrailingBlanks.isEmpty
    switch lines[(index + 1)...].first(where: { $0.content != .comment })?.directive {
    case .secret: return question.isSecret && isBare
    case _ where question.isSecret: return false
    case .key where isBare: return true
    default:
      // It must be the whole prompt of its line, not only the part that came so far.
      if !isBare, let shape = PromptShape.split(text) { return shape.prompt == prompt }
      return (isBare || prompt.hasSuffix(" ")) && PromptShape.mayAsk(prompt)
    }
  }
}

extension PromptShape {
  /// Whether a line looks like a prompt at which nothing is typed yet.
  static func isPrompt(_ text: String) -> Bool {
    split(text)?.answer.droppingTrailingBlanks.isEmpty == true
  }

  /// Whether a line ends as prompts of all kinds do, such as `login:`.
  static func mayAsk(_ text: String) -> Bool {
    isPrompt(text) || ":?>#$".contains(text.droppingTrailingBlanks.last ?? " ")
  }
}

extension Prompt {
  /// A prompt of which only the text is known.
  init(shown text: String, echo: Bool = true) {
    if PromptShape.isMainPrompt(text) {
      self.init(bracket: text, echo: echo, isCommandLine: true)
    } else if text.droppingTrailingBlanks.hasSuffix("]>"), let open = text.lastIndex(of: "[") {
      self.init(question: String(text[..<open]), bracket: String(text[open...]), echo: echo)
    } else if text.droppingTrailingBlanks == ">" {
      self.init(bracket: text, echo: echo)
    } else {
      self.init(question: text, bracket: "", echo: echo)
    }
  }
}
