/// One line of a transcript's body.
struct TranscriptLine: Equatable, Sendable {
  enum Content: Equatable {
    /// Output, a prompt with its answer, or a pasted line: only the session tells which.
    case text(String, LinePattern)
    /// `...`: any number of lines.
    case dots
    case directive(Directive)
    /// `%# …`: for the reader.
    case comment
  }

  /// Its place in the file, counted from 1; a line that `--update` adds has the place it follows.
  let number: Int
  /// The line as it stands in the file.
  let raw: String
  let content: Content

  /// Reads a line of a file.
  init(number: Int, raw: String) throws(Complaint) {
    self.number = number
    self.raw = raw
    if raw.utf8.first == UInt8(ascii: "%") {
      content = try DirectiveParser.parse(raw).map(Content.directive) ?? .comment
    } else if Escapes.isReserved(raw) {
      guard raw.hasPrefix("...") else {
        throw Complaint("A literal line that is --- is written \\---.")
      }
      content = .dots
    } else {
      let text = Escapes.unescapedStart(raw)
      content = .text(text, LinePattern(text))
    }
  }

  /// A line that expects `output` and nothing else.
  init(number: Int, literal output: String) {
    let text = Escapes.escaped(output, patterns: true)
    self.number = number
    raw = Escapes.escapedStart(text)
    content = .text(text, LinePattern(text))
  }

  /// A line that shows a prompt and what was typed at it, in the spelling of the file.
  init(number: Int, prompt: String, answer: String) {
    self.number = number
    raw = Escapes.escapedStart(prompt + answer)
    content = .text(prompt + answer, LinePattern(prompt + answer))
  }

  /// The text, its escape at the start taken off.
  var text: String? {
    if case .text(let text, _) = content { text } else { nil }
  }

  var directive: Directive? {
    if case .directive(let directive) = content { directive } else { nil }
  }

  /// Whether it takes no part in comparing what is shown.
  var isTransparent: Bool {
    switch content {
    case .comment: true
    case .directive(let directive): !directive.isAnswer && !directive.isBarrier
    case .text, .dots: false
    }
  }
}
