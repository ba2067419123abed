import Dialogue

extension Matcher {
  /// Where the lines come to the point at which the session waits.
  enum SearchResult {
    /// All that was shown is told by the lines before `index`, which answers or acts.
    case found(index: Int, captures: [String: String])
    /// The line at `index` is not what the session shows.
    case failed
    /// The line at `index` cannot be used.
    case problem(index: Int, String)
  }

  /// Goes over the lines from `position` to the one that answers.
  func find(_ question: Question) -> SearchResult {
    var places = Places(told(question), captures)
    for index in position..<lines.count {
      switch lines[index].content {
      case .comment: continue
      case .dots: places.passDots()
      case .directive(let directive):
        guard directive.isBarrier || directive.isAnswer else { continue }
        guard let captures = places.complete,
          directive.isBarrier || answers(directive, question, at: index)
        else { return .failed }
        return .found(index: index, captures: captures)
      case .text(let text, let pattern):
        let complete = places.complete
        if let complete, question.answer(on: text, afterDots: isAfterDots(index)) != nil {
          return .found(index: index, captures: complete)
        }
        if places.pass(pattern) { continue }
        if let complete, case .paste = question.kind {
          return .found(index: index, captures: complete)
        }
        if let complaint = pattern.complaint { return .problem(index: index, complaint) }
        if complete != nil, question.isSecret, question.text.isEmpty {
          return .problem(index: index, Answering.missingSecret)
        }
        return .failed
      }
    }
    // Beyond the last line nothing is answered; of a prompt, that line must have shown the text.
    if !question.waitsOnLine || (question.isSecret && question.text.isEmpty),
      let captures = places.complete
    {
      return .found(index: lines.count, captures: captures)
    }
    return .failed
  }

  /// The shown lines that the transcript must tell: blank ones at the very end it cannot.
  private func told(_ question: Question) -> [String] {
    guard question.kind == .ended,
      !lines[position...].contains(where: { $0.directive?.isBarrier == true })
    else { return question.output }
    let blank = question.output.reversed().prefix { $0.isEmpty }.count
    return question.output.dropLast(blank)
  }

  /// Whether `%secret`, `%key` or `%paste` answers here without a line that shows the prompt.
  private func answers(_ directive: Directive, _ question: Question, at index: Int) -> Bool {
    let isUnshown =
      question.text.isEmpty || (question.bracket.isEmpty && isAfterDots(index))
    switch (directive, question.kind) {
    case (.secret, .prompt): return question.isSecret && isUnshown
    case (.key, .prompt), (.key, .key): return isUnshown
    case (.key, .paste), (.paste, .paste): return true
    default: return false
    }
  }

  /// Whether only comments and acting directives stand between the line and a `...` above it.
  func isAfterDots(_ index: Int) -> Bool {
    for line in lines[..<index].reversed() {
      if line.content == .dots { return true }
      if !line.isTransparent { return false }
    }
    return false
  }
}
