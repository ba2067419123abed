import Dialogue

/// Spells a session as transcript lines, as far as it has gone: text in, file text out.
///
/// Pure, so that what is written can be tested without a file or a terminal.
struct TranscriptWriter {
  /// What takes the place of a secret that is not written down.
  static let redaction = "{{secret}}"

  private let isRedacted: Bool
  /// File text that is ready.
  private(set) var text = ""
  /// What is shown on the line that is not ended.
  private var partial = ""
  private var endsInEmptyAnswer = false
  private var key = TypedKey()
  /// Whether the last answer was a part of a private key, which what is shown then repeats.
  private var isInKey = false

  init(isRedacted: Bool) {
    self.isRedacted = isRedacted
  }

  /// Takes the ready text out.
  mutating func take() -> String {
    defer { text = "" }
    return text
  }

  mutating func show(_ output: String) {
    guard !isInKey else { return }
    let (lines, rest) = Question.lines(partial + output)
    for line in lines { add(output: line) }
    partial = rest
  }

  /// A prompt and the line typed at it; nil for Ctrl-D.
  mutating func answer(_ prompt: Prompt, _ line: String?) {
    guard let line else { return answer(prompt, key: .endOfFile) }
    if prompt.echo {
      isInKey = key.includes(line)
      if isInKey { return answerWithKey(prompt) }
      add(prompt: prompt, typed: Escapes.escaped(line, patterns: false))
      endsInEmptyAnswer = line.isEmpty
    } else {
      addSecretPrompt(prompt)
      let secret =
        isRedacted ? TranscriptWriter.redaction : Escapes.escaped(line, patterns: false)
      add("%secret \(secret)")
    }
  }

  /// A prompt where a line of a private key was typed or pasted, though nothing asked for one.
  private mutating func answerWithKey(_ prompt: Prompt) {
    add(prompt: prompt, typed: TranscriptWriter.redaction)
    add("...")
  }

  /// A prompt that got a key instead of a line.
  mutating func answer(_ prompt: Prompt, key: Key) {
    if prompt.echo { add(prompt: prompt, typed: "") } else { addSecretPrompt(prompt) }
    addKey(key)
  }

  /// A prompt that was never answered.
  mutating func leave(_ prompt: Prompt) {
    if prompt.echo { add(prompt: prompt, typed: "") } else { addSecretPrompt(prompt) }
  }

  /// The pager's line and its key.
  mutating func answerPager(_ prompt: String, key: Key?) {
    add(prompt: Prompt(question: prompt, bracket: ""), typed: "")
    if let key { addKey(key) }
  }

  /// Pasted lines in sight, and what ended them: a dot, or a key.
  mutating func paste(_ lines: [String], endedBy key: Key? = nil) {
    endPartialLine()
    for line in lines { add(Escapes.escapedStart(line)) }
    if let key { addKey(key) } else { add(".") }
  }

  /// Pasted lines that are kept in a file, or nowhere.
  mutating func paste(file: String?) {
    endPartialLine()
    let name = file ?? TranscriptWriter.redaction
    add(name.utf8.contains(UInt8(ascii: " ")) ? "%paste \"\(name)\"" : "%paste \(name)")
  }

  /// A line for the reader.
  mutating func comment(_ text: String) {
    endPartialLine()
    add("%# \(text)")
  }

  mutating func interruptPaste() {
    endPartialLine()
    addKey(.interrupt)
  }

  /// The session is over.
  mutating func end() {
    endPartialLine()
    // An empty last answer would be taken for no answer at all.
    if endsInEmptyAnswer { addKey(.character("\r")) }
  }

  private mutating func add(_ line: String) {
    text += line + "\n"
    endsInEmptyAnswer = false
  }

  private mutating func add(output line: String) {
    add(Escapes.escapedStart(isRedacted ? redacted(line) : Escapes.escaped(line, patterns: true)))
  }

  /// A line of output without the keys and hashes of a configuration: what is obfuscated in it can
  /// be read by everybody.
  private func redacted(_ line: String) -> String {
    var text = ""
    var rest = line[...]
    while let secret = rest.firstMatch(of: /\$(obfuscated|scrypt)\$[^<\s"]*/) {
      text += Escapes.escaped(String(rest[..<secret.range.lowerBound]), patterns: true) + "[..]"
      rest = rest[secret.range.upperBound...]
    }
    return text + Escapes.escaped(String(rest), patterns: true)
  }

  private mutating func add(prompt: Prompt, typed: String) {
    // A question may hold whole lines; they are output.
    let (lines, lead) = Question.lines(partial + prompt.question)
    for line in lines { add(output: line) }
    partial = ""
    add(Escapes.escapedStart(lead + prompt.bracket + typed))
  }

  /// Where a secret is asked on a line that shows nothing, there is no prompt to write.
  private mutating func addSecretPrompt(_ prompt: Prompt) {
    show(prompt.text)
    guard !partial.droppingTrailingBlanks.isEmpty else { return partial = "" }
    add(Escapes.escapedStart(partial))
    partial = ""
  }

  private mutating func addKey(_ key: Key) {
    guard let name = key.name else {
      return add("%# A key was pressed here that cannot be written.")
    }
    add("%key \(name)")
  }

  private mutating func endPartialLine() {
    guard !partial.isEmpty else { return }
    add(output: partial.droppingTrailingBlanks)
    partial = ""
  }
}
