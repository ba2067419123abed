import Dialogue

/// Reads the answer to a question from the line that was found for it.
struct Answering {
  /// An answer, the directives that act before it, and the first line after it.
  struct Answer {
    var reply: Reply
    var end: Int
    var due: [(Directive, line: Int)] = []
  }

  static let missingSecret =
    "The session asks for a secret here (no echo); the answer must stand on a %secret line."

  let matcher: Matcher
  let question: Question

  init(_ matcher: Matcher, _ question: Question) {
    self.matcher = matcher
    self.question = question
  }

  private var lines: [TranscriptLine] { matcher.lines }

  func answer(at index: Int) throws(TranscriptError) -> Answer {
    if case .paste(let paste) = question.kind {
      return try PasteReader(matcher: matcher, paste: paste).answer(at: index)
    }
    guard let text = lines[index].text else { return try directive(at: index, typed: "") }
    let isAfterDots = matcher.isAfterDots(index)
    let typed = question.answer(on: text, afterDots: isAfterDots)?.answer ?? ""
    let next = lines[(index + 1)...].firstIndex { $0.content != .comment } ?? lines.count
    if next < lines.count, case .key? = lines[next].directive {
      return try directive(at: next, typed: typed)
    }
    if question.isSecret, !typed.droppingTrailingBlanks.isEmpty {
      throw error(at: index, Answering.missingSecret)
    }
    if question.isSecret, next < lines.count, case .secret? = lines[next].directive {
      return try directive(at: next, typed: "")
    }
    if typed.isEmpty, let end = lastAnswer(at: index) { return end }
    if question.isSecret { throw error(at: index, Answering.missingSecret) }
    let end = index + 1
    if case .key = question.kind { return try key(typed, at: index) }
    return Answer(reply: .line(try filledIn(typed, at: index)), end: end)
  }

  /// The last line of a file is not answered: the session ends there.
  private func lastAnswer(at index: Int) -> Answer? {
    let rest = lines[(index + 1)...]
    guard rest.allSatisfy(\.isTransparent) else { return nil }
    let due = rest.compactMap { line in line.directive.map { ($0, line: line.number) } }
    return Answer(reply: .endOfInput, end: lines.count, due: due)
  }

  private func directive(at index: Int, typed: String) throws(TranscriptError) -> Answer {
    let end = index + 1
    switch lines[index].directive {
    case .secret(let text):
      return Answer(reply: .line(try filledIn(text, at: index)), end: end)
    case .key(let key):
      if case .key = question.kind { return Answer(reply: pagerReply(key), end: end) }
      return Answer(reply: try reply(key, typed: typed, at: index), end: end)
    default:
      throw error(at: index, "This directive answers no prompt.")
    }
  }

  /// A pager's key may stand behind its line: `-Press Any Key For More-q`.
  private func key(_ typed: String, at index: Int) throws(TranscriptError) -> Answer {
    guard typed.count == 1, let character = typed.first else {
      throw error(at: index, "The pager waits for one key: write %key SPACE on the next line.")
    }
    return Answer(reply: .key(character), end: index + 1)
  }

  private func pagerReply(_ key: Key) -> Reply {
    switch key {
    case .interrupt: .interrupt
    case .endOfFile: .key("\u{4}")
    case .character(let character): .key(character)
    }
  }

  /// A key at a prompt, after what was typed there.
  private func reply(_ key: Key, typed: String, at index: Int) throws(TranscriptError) -> Reply {
    let typed = try filledIn(typed, at: index)
    switch key {
    case .interrupt: return .interrupt
    case .endOfFile:
      guard typed.isEmpty else {
        throw error(at: index, "%key ^D needs an empty line: nothing may stand after the prompt.")
      }
      return .controlD
    case .character("\r"): return .line(typed)
    case .character("\t"): return .completed(typed)
    case .character(let character):
      guard character.unicodeScalars.allSatisfy({ $0.value >= 32 }) else {
        throw error(at: index, "This key does nothing at a prompt.")
      }
      return .line(typed + String(character))
    }
  }

  private func filledIn(_ text: String, at index: Int) throws(TranscriptError) -> String {
    do {
      return try matcher.filledIn(text)
    } catch {
      throw self.error(at: index, error.message)
    }
  }

  private func error(at index: Int, _ message: String) -> TranscriptError {
    TranscriptError(file: matcher.file, line: matcher.number(at: index), message)
  }
}
