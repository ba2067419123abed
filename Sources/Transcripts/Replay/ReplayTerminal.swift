public import Dialogue

/// The terminal of a replayed session: what it shows and waits for becomes a `SessionEvent`.
///
/// The session sits in `readLine` (or paste, or key) until `reply`; whoever replays sits in
/// `nextEvent` until the session waits again or is over. Nothing is ever guessed from bytes.
public actor ReplayTerminal: Terminal {
  /// The screen that the transcript's header asks for.
  public let window: WindowSize?

  private var output = ""
  private var waitsFor: SessionEvent.Kind?
  private var session: CheckedContinuation<Reply, Never>?
  private var listener: CheckedContinuation<SessionEvent?, Never>?
  /// Counts the waits of `nextEvent`, so that a late timer ends none but its own.
  private var turn = 0
  private var isHungUp = false

  /// Makes the terminal of one session.
  public init(window: WindowSize? = nil) {
    self.window = window
  }

  // MARK: The session's side

  /// Keeps what is shown for the next event; beyond 64 MiB it is dropped.
  public func write(_ text: String) {
    if output.utf8.count + text.utf8.count <= Limits.output { output += text }
  }

  /// Waits for the transcript's answer.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    switch await ask(.prompt(prompt)) {
    case .line(let line): return line
    case .completed(let typed): return prompt.completing(typed)
    case .controlD: return nil
    case .interrupt: throw .interrupted
    default: throw .endOfInput
    }
  }

  /// Waits for the transcript's pasted lines.
  public func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    switch await ask(.paste(paste)) {
    case .paste(let lines): return limited(lines, to: paste.limit)
    case .interrupt: throw .interrupted
    default: throw .endOfInput
    }
  }

  /// Waits for the transcript's key.
  public func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    switch await ask(.key(prompt)) {
    case .key(let character): return character
    case .interrupt: throw .interrupted
    default: throw .endOfInput
    }
  }

  private func ask(_ kind: SessionEvent.Kind) async -> Reply {
    guard !isHungUp, waitsFor == nil else { return .endOfInput }
    return await withCheckedContinuation { continuation in
      session = continuation
      announce(kind)
    }
  }

  /// Keeps whole lines up to the paste's limit; the rest was read and is dropped.
  private func limited(_ lines: [String], to limit: Int) -> [String] {
    var size = 0
    return Array(
      lines.prefix { line in
        size += line.utf8.count + 1
        return size <= limit
      })
  }

  // MARK: The replay's side

  /// Waits for the session's next event; nil when none came within the bound, or before the task
  /// was cancelled.
  public func nextEvent(within bound: Duration) async -> SessionEvent? {
    if let event = takeEvent() { return event }
    turn += 1
    let mine = turn
    let timer = Task {
      try? await Task.sleep(for: bound)
      if !Task.isCancelled { self.giveUp(turn: mine) }
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { listener = $0 }
    } onCancel: {
      Task { await self.giveUp(turn: mine) }
    }
  }

  /// Answers what the session waits for.
  ///
  /// A session that was ended from outside no longer listens.
  public func reply(_ reply: Reply) {
    guard !isHungUp else { return }
    waitsFor = nil
    if reply == .endOfInput { isHungUp = true }
    session?.resume(returning: reply)
    session = nil
  }

  /// Tells that the session's shell is over.
  public func end() {
    isHungUp = true
    // Its last question may still stand, if it was ended from outside.
    session?.resume(returning: .endOfInput)
    session = nil
    announce(.ended)
  }

  /// Ends the input: whatever the session asks from now on, it gets end of input.
  public func hangUp() {
    guard !isHungUp else { return }
    reply(.endOfInput)
  }

  private func announce(_ kind: SessionEvent.Kind) {
    waitsFor = kind
    guard let listener, let event = takeEvent() else { return }
    self.listener = nil
    listener.resume(returning: event)
  }

  private func takeEvent() -> SessionEvent? {
    guard let kind = waitsFor else { return nil }
    defer { output = "" }
    return SessionEvent(output: output, kind: kind)
  }

  private func giveUp(turn: Int) {
    guard turn == self.turn, let listener else { return }
    self.listener = nil
    listener.resume(returning: nil)
  }
}

extension Prompt {
  /// What Tab makes of the last word: the one completion, or as far as all of them agree.
  fileprivate func completing(_ typed: String) -> String {
    let word = typed.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    let candidates = completions.filter { $0.lowercased().hasPrefix(word.lowercased()) }
    guard var common = candidates.first else { return typed }
    for candidate in candidates.dropFirst() {
      common = String(zip(common, candidate).prefix { $0 == $1 }.map(\.0))
    }
    return common.count < word.count ? typed : typed.dropLast(word.count) + common
  }
}
