import Dialogue

/// What would have to change in the transcript to tell what the session shows at this question.
struct Repair {
  /// The lines that are replaced.
  let range: Range<Int>
  let edits: [Edit]
  /// Whether the session can be answered then; false where an answer is missing.
  let isPlayable: Bool
  /// Whether a prompt came in that the transcript does not know.
  var addsPrompt = false
}

/// Finds the repair: where the lines meet the session again, and the edits up to there.
struct Repairer {
  let matcher: Matcher
  let question: Question

  private var lines: [TranscriptLine] { matcher.lines }

  func repair() -> Repair {
    switch question.kind {
    case .ended: return repair(upTo: barrier)
    case .paste: return pasteRepair()
    case .prompt, .key: break
    }
    if let found = promptLine(in: matcher.position..<reach) { return repair(upTo: found) }
    if barrier < lines.count, promptLine(in: (barrier + 1)..<lines.count) != nil,
      question.isMain || barrier < reach
    {
      return repair(upTo: barrier)
    }
    if question.isSecret { return repair(upTo: reach, isPlayable: false) }
    if let changed = firstPrompt, let answer = PromptShape.split(lines[changed].text ?? "")?.answer
    {
      let line = TranscriptLine(
        number: lines[changed].number, prompt: question.text, answer: answer)
      return repair(upTo: changed, then: [.remove(lines[changed]), .add(line)], taking: 1)
    }
    return newPrompt()
  }

  /// The first line at which something else than this session's output begins.
  private var barrier: Int {
    lines[matcher.position...].firstIndex { $0.directive?.isBarrier == true } ?? lines.count
  }

  /// How far a line for this question is looked for: a command's prompts stand before the next
  /// command.
  private var reach: Int {
    guard !question.isMain else { return barrier }
    let next = lines[matcher.position..<barrier].firstIndex { line in
      line.text.map(isMainPrompt) ?? false
    }
    return next ?? barrier
  }

  private func isMainPrompt(_ text: String) -> Bool {
    if let prompt = matcher.mainPrompt?.droppingTrailingBlanks, text.utf8.starts(with: prompt.utf8)
    {
      return true
    }
    // The host's name may have changed since.
    return PromptShape.isMainPrompt(text)
  }

  /// The first line in reach that looks like a prompt of another wording.
  private var firstPrompt: Int? {
    lines[matcher.position..<reach].firstIndex { line in
      guard let text = line.text, PromptShape.split(text) != nil else { return false }
      return !question.output.contains(text.droppingTrailingBlanks)
    }
  }

  private func promptLine(in range: Range<Int>) -> Int? {
    lines[range].indices.first { index in
      if let text = lines[index].text {
        return question.answer(on: text, afterDots: matcher.isAfterDots(index)) != nil
          && (!question.text.isEmpty || !question.isSecret)
      }
      guard question.text.isEmpty, question.isSecret else { return false }
      if case .secret? = lines[index].directive { return true }
      return false
    }
  }

  /// A paste begins at its directive, or at the line that looks like the head of a document.
  private func pasteRepair() -> Repair {
    let start = lines[matcher.position..<barrier].firstIndex { line in
      if case .paste? = line.directive { return true }
      return line.text?.hasPrefix("-----BEGIN ") == true || line.text?.hasPrefix("<?xml") == true
    }
    return repair(upTo: start ?? reach, isPlayable: start != nil)
  }

  /// A prompt that the transcript does not know is answered by Return; the lines go on below it.
  private func newPrompt() -> Repair {
    let edits = alignment(upTo: reach, leavesTail: true).edits()
    let end = matcher.position + edits.count { !$0.isAdded }
    let line = TranscriptLine(
      number: matcher.number(at: end), prompt: question.text, answer: "")
    return Repair(
      range: matcher.position..<end, edits: edits + [.add(line)], isPlayable: true,
      addsPrompt: true)
  }

  private func repair(
    upTo end: Int, then last: [Edit] = [], taking: Int = 0, isPlayable: Bool = true
  ) -> Repair {
    Repair(
      range: matcher.position..<(end + taking), edits: alignment(upTo: end).edits() + last,
      isPlayable: isPlayable)
  }

  private func alignment(upTo end: Int, leavesTail: Bool = false) -> Alignment {
    Alignment(
      lines[matcher.position..<end], question.output, matcher.captures,
      trustsPatterns: matcher.repairs == 0, leavesTail: leavesTail,
      number: matcher.number(at: end))
  }
}

extension Matcher {
  /// Changes the lines so that they tell what the session shows; false where that cannot be done.
  package mutating func repair() -> Bool {
    guard let question, repairs < 2, addedPrompts < 200 else { return false }
    let repair = Repairer(matcher: self, question: question).repair()
    guard repair.isPlayable else { return false }
    repairs += 1
    if repair.addsPrompt { addedPrompts += 1 }
    lines.replaceSubrange(repair.range, with: repair.edits.compactMap(\.result))
    return true
  }

  /// The mismatch as it is reported.
  func mismatch(_ question: Question) -> Mismatch {
    let repair = Repairer(matcher: self, question: question).repair()
    let difference = Difference(repair, in: lines, file: file)
    let message: String
    if question.kind == .ended, !repair.edits.contains(where: \.isAdded) {
      message = "The session ends here; the transcript goes on."
    } else if position >= lines.count {
      message = "The transcript ends here; the session goes on."
    } else {
      message = "The session shows something else."
    }
    var lines = difference.lines
    // Where ... took the lines that differ, the difference alone would not show them.
    if !question.output.isEmpty, !repair.edits.contains(where: \.isAdded) {
      lines += ["The session showed:"] + question.output.suffix(30).map { "| " + $0 }
    }
    return Mismatch(file: file, line: difference.line, message: message, difference: lines)
  }
}
