public import Dialogue
public import Foundation

/// Writes a session down from what its terminal shows and what is typed on it, both as bytes.
///
/// What stands before the cursor when the first key of a line is typed is the prompt. So that it
/// does stand there, keys that are typed ahead are held until the far end waits. What was typed and
/// is not seen on the line that Return ends was typed without echo: a secret.
///
/// A pure value but for its file: whoever sits between keyboard and session calls `type`, `show`
/// and, from time to time, `release`, and passes on what the first and the last return.
public struct SessionScribe {
  /// How long the far end must be silent to be taken for waiting, where it shows no known prompt.
  private static let quiet = Duration.milliseconds(100)
  /// How long its answer to a line is waited for before the next keys are passed on.
  private static let patience = Duration.seconds(5)

  private var recording: Recording
  private let window: WindowSize?
  private var screen: LineScreen
  /// The line that is typed; when it has an end, the far end has not answered yet.
  private var line: TypedLine?
  private var held: [UInt8] = []
  private var paste: [String]?
  private var lastShown: ContinuousClock.Instant?
  private var lastTyped = ContinuousClock.now
  /// Whether something was shown since a line was sent.
  private var hasNews = false

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - file: the transcript; it must not exist, and is made with mode 0600.
  ///   - isRedacted: whether secrets are left out: `{{secret}}` stands in their places.
  ///   - window: the terminal's, for the header.
  /// - Throws: `TranscriptError` when the file exists or cannot be made.
  public init(
    file: URL, isRedacted: Bool = false, window: WindowSize?
  ) throws(TranscriptError) {
    recording = try Recording(file, isRedacted: isRedacted)
    self.window = window
    screen = LineScreen(columns: window?.columns ?? 80)
  }

  /// Takes what the session shows.
  public mutating func show(_ bytes: some Sequence<UInt8>, at now: ContinuousClock.Instant) {
    screen.show(bytes)
    for shown in screen.takeLines() {
      if line?.end != nil { settle(shown) } else { recording.writer.show(shown + "\n") }
    }
    line?.see(screen.tail)
    hasNews = true
    lastShown = now
  }

  /// Takes what is typed.
  ///
  /// - Returns: what goes on to the session now; the rest waits for `release`. Ctrl-C never waits.
  public mutating func type(_ bytes: [UInt8], at now: ContinuousClock.Instant) -> [UInt8] {
    guard let interrupt = bytes.lastIndex(of: 3) else {
      held += bytes
      return release(at: now)
    }
    held += bytes[..<interrupt]
    let released = release(at: now)
    if line?.end != nil { settle(screen.line) }
    held = Array(bytes[(interrupt + 1)...])
    take(3, at: now)
    return released + [3]
  }

  /// The terminal's window has changed; the header keeps the first.
  public mutating func resize(_ window: WindowSize) {
    screen.columns = window.columns
  }

  /// What was held and may go on to the session now.
  public mutating func release(at now: ContinuousClock.Instant) -> [UInt8] {
    var released: [UInt8] = []
    while let byte = held.first {
      if line?.end != nil {
        guard now - lastTyped >= SessionScribe.patience else { break }
        settle(screen.line)
      }
      guard line != nil || isWaiting(at: now) else { break }
      held.removeFirst()
      released.append(byte)
      take(byte, at: now)
    }
    return released
  }

  /// Ends the recording.
  ///
  /// - Throws: what kept the file from being written, at any time since the beginning.
  public mutating func finish() throws {
    let isAnswered = line?.end != nil
    if isAnswered { settle(screen.line) }
    // A key that was cut off is no more shown than a whole one.
    let isSecret = paste.map(Paste.holdsPrivateKey) ?? false
    showPaste()
    if !isAnswered, !isSecret { recording.writer.show(screen.tail) }
    try recording.finish(window: window)
  }

  // MARK: Keys

  private func isWaiting(at now: ContinuousClock.Instant) -> Bool {
    guard hasNews, let lastShown else { return now - lastTyped >= SessionScribe.patience }
    return now - lastShown >= SessionScribe.quiet || PromptShape.isPrompt(screen.tail)
      || (paste != nil && screen.tail.isEmpty)
  }

  private mutating func take(_ byte: UInt8, at now: ContinuousClock.Instant) {
    var typed = line ?? TypedLine(at: screen.tail)
    lastTyped = now
    if typed.prompt.contains(Pager.prompt) {
      recording.writer.answerPager(typed.prompt, key: Key(Character(UnicodeScalar(byte))))
      recording.save(window: window)
      line = nil
      hasNews = false
      return
    }
    typed.take(byte)
    if typed.end != nil { hasNews = false }
    line = typed
  }

  // MARK: Lines

  /// The line that was typed is over; `shown` is all that stands on it.
  private mutating func settle(_ shown: String) {
    guard let typed = line, let end = typed.end else { return }
    line = nil
    let prompt = typed.prompt
    switch end {
    case .line where prompt.droppingTrailingBlanks.isEmpty: pasted(typed.text, shown)
    case .line: answer(typed, shown)
    case .interrupt: press(.interrupt, at: prompt)
    case .endOfFile:
      press(.endOfFile, at: prompt)
      // Not every far end ends the line.
      let rest = self.rest(of: shown, after: prompt)
      if rest?.isEmpty == false, rest != "^D" { recording.writer.show(shown + "\n") }
    }
    recording.save(window: window)
  }

  /// What stands behind the prompt on a line, or nil when the line does not begin with it.
  private func rest(of shown: String, after prompt: String) -> String? {
    guard shown.utf8.starts(with: prompt.droppingTrailingBlanks.utf8) else { return nil }
    return String(decoding: shown.utf8.dropFirst(prompt.utf8.count), as: UTF8.self)
      .droppingTrailingBlanks
  }

  private mutating func press(_ key: Key, at prompt: String) {
    if !prompt.droppingTrailingBlanks.isEmpty {
      showPaste()
      recording.writer.answer(Prompt(shown: prompt), key: key)
    } else if let lines = paste {
      paste = nil
      if key == .interrupt {
        recording.writer.interruptPaste()
      } else if Paste.holdsPrivateKey(lines) {
        recording.keepSecret(lines)
      } else {
        recording.writer.paste(lines, endedBy: key)
      }
    } else {
      recording.writer.comment("A key was pressed here while nothing was asked.")
    }
  }

  private mutating func answer(_ typed: TypedLine, _ shown: String) {
    showPaste()
    let text = typed.text
    let prompt = typed.prompt
    let rest = rest(of: shown, after: prompt)
    if rest == text.droppingTrailingBlanks {
      recording.writer.answer(Prompt(shown: prompt), text)
    } else if let rest, !rest.isEmpty || typed.isEdited && typed.isEchoed {
      recording.writer.answer(Prompt(shown: prompt), rest)
    } else if text.isEmpty || shown.droppingTrailingBlanks.hasSuffix(text) {
      recording.writer.answer(Prompt(shown: prompt), text)
    } else {
      recording.writer.answer(Prompt(question: prompt, bracket: "", echo: false), text)
    }
  }

  /// A line that was typed where nothing stood: pasted, or a secret.
  private mutating func pasted(_ text: String, _ shown: String) {
    let line = shown.droppingTrailingBlanks
    if line == text.droppingTrailingBlanks, paste != nil || !text.isEmpty {
      var lines = paste ?? []
      if line == "." { return keep(lines) }
      lines.append(text)
      paste = lines
    } else if text.isEmpty {
      recording.writer.show(shown + "\n")
    } else if line.hasSuffix(text) {
      recording.writer.answer(Prompt(shown: String(line.dropLast(text.count))), text)
    } else {
      recording.writer.answer(Prompt(bracket: "", echo: false), text)
      if !line.isEmpty { recording.writer.show(shown + "\n") }
    }
  }

  private mutating func keep(_ lines: [String]) {
    paste = nil
    if Paste.holdsPrivateKey(lines) {
      recording.keepSecret(lines)
    } else {
      recording.writer.paste(lines)
    }
  }

  /// Lines that looked pasted and were not ended by a dot.
  private mutating func showPaste() {
    guard let lines = paste else { return }
    if Paste.holdsPrivateKey(lines) { return keep(lines) }
    paste = nil
    recording.writer.show(lines.map { $0 + "\n" }.joined())
  }
}
