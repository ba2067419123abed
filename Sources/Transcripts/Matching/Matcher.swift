import Dialogue

/// Holds a session against its transcript and says what to type next.
///
/// A pure value: whoever plays a transcript brings it the session's events (`receive`) and does
/// what `next` says, until that is `finished`, `mismatch` or `problem`.
///
/// The rule: when a session waits at a prompt, the lines not yet matched must tell all that it
/// showed since the last answer, and then come to a line that begins with exactly the prompt's
/// text; the rest of that line is the answer. The first such line counts.
public struct Matcher: Sendable {
  let file: String
  var lines: [TranscriptLine]
  /// The first line that is not matched.
  var position = 0
  var captures: [String: String] = [:]
  var question: Question?
  /// Directives that were passed and are still to be carried out.
  private var due: [(Directive, line: Int)] = []
  private var isClosing = false
  /// The main prompt as it was last seen.
  var mainPrompt: String?
  /// How often the lines were mended for the question at hand, and how many prompts were added.
  var repairs = 0
  var addedPrompts = 0
  /// What the lines matched so far say about the transcript.
  public private(set) var facts = ReplayFacts()

  /// Begins at a transcript's first line.
  public init(_ transcript: Transcript) {
    file = transcript.file
    lines = transcript.lines
  }

  /// Takes what a session showed and what it waits for.
  public mutating func receive(_ event: SessionEvent) {
    let question = Question(event)
    if question.isMain { mainPrompt = question.text }
    if question.kind != .ended { facts.prompts += 1 }
    self.question = question
    repairs = 0
  }

  /// Takes what a `%sh` command printed; the lines after it must tell it.
  public mutating func receive(shellOutput: String) {
    let (lines, rest) = Question.lines(shellOutput)
    question?.output = rest.isEmpty ? lines : lines + [rest.droppingTrailingBlanks]
  }

  /// Puts the session aside at its prompt, its output all matched; `resume` takes it up again.
  public mutating func setAside() -> HeldSession? {
    defer { question = nil }
    return question.map(HeldSession.init)
  }

  /// Takes up a session that was put aside.
  public mutating func resume(_ held: HeldSession) {
    question = held.question
    repairs = 0
  }

  /// What is to be done next.
  public mutating func next() -> Step {
    if !due.isEmpty {
      let (directive, line) = due.removeFirst()
      return perform(directive, line: line)
    }
    if isClosing { return .reply(.endOfInput) }
    guard let question else { return opening() }
    switch find(question) {
    case .failed: return .mismatch(mismatch(question))
    case .problem(let index, let message): return problem(at: index, message)
    case .found(let index, let captures):
      settle(at: index, captures)
      return due.isEmpty ? act(at: index) : next()
    }
  }

  /// Before a session's first event, directives act at once; what is compared needs the event.
  private mutating func opening() -> Step {
    while position < lines.count {
      switch lines[position].content {
      case .comment: position += 1
      case .directive(let directive) where directive.actsBeforeSession:
        position += 1
        return perform(directive, line: lines[position - 1].number)
      default: return .wait
      }
    }
    return .finished
  }

  /// All output is matched up to `index`: what stands in between is due now.
  private mutating func settle(at index: Int, _ captures: [String: String]) {
    for line in lines[position..<index] {
      facts.count(line)
      if let directive = line.directive { due.append((directive, line.number)) }
    }
    facts.shownLines += question?.output.count ?? 0
    question?.output = []
    self.captures = captures
    position = index
  }

  private mutating func act(at index: Int) -> Step {
    guard index < lines.count, let question else {
      return question?.kind == .ended ? .finished : .reply(.endOfInput)
    }
    if let directive = lines[index].directive, directive.isBarrier {
      position = index + 1
      return .perform(directive, line: lines[index].number)
    }
    do {
      let answer = try Answering(self, question).answer(at: index)
      if question.waitsOnLine { facts.promptLines.insert(lines[index].number) }
      due += answer.due
      isClosing = answer.reply == .endOfInput
      position = answer.end
      if !isClosing { self.question = nil }
      return isClosing ? next() : .reply(answer.reply)
    } catch {
      return .problem(error)
    }
  }

  private func perform(_ directive: Directive, line: Int) -> Step {
    guard case .expectFile(let name) = directive else {
      return .perform(directive, line: line)
    }
    do {
      let plain = try DirectiveParser.plainName(try filledIn(name))
      return .perform(.expectFile(plain), line: line)
    } catch {
      return .problem(TranscriptError(file: file, line: line, error.message))
    }
  }

  func problem(at index: Int, _ message: String) -> Step {
    .problem(TranscriptError(file: file, line: number(at: index), message))
  }

  /// A line's number in the file; the end of the file counts as its last line.
  func number(at index: Int) -> Int {
    index < lines.count ? lines[index].number : lines.last?.number ?? 1
  }

  /// An answer with its `{{name}}`s filled in.
  func filledIn(_ text: String) throws(Complaint) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var result = ""
    for token in Escapes.tokens(text, patterns: false) {
      switch token {
      case .text(let text): result += text
      case .capture(let name):
        guard let value = captures[name] else {
          throw Complaint(
            "{{\(name)}} has no value: no line above captures it, or it was taken out of a recording."
          )
        }
        result += value
      default: continue
      }
    }
    return result
  }
}

/// A session that waits at its prompt while another one is current.
public struct HeldSession: Sendable {
  let question: Question
}
