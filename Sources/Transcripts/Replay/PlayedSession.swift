import Dialogue

/// A session as the one who plays it sees it: it shows something and waits, gets a reply, and so on.
public protocol PlayedSession: Sendable {
  /// Waits until the session asks for something or is over.
  ///
  /// - Parameters:
  ///   - matcher: what the transcript expects, for sessions that do not say when they wait.
  ///   - bound: how long to wait.
  /// - Returns: nil when the session did neither within the bound.
  /// - Throws: why nothing more can come, in one sentence.
  func nextEvent(expectedBy matcher: Matcher, within bound: Duration) async throws -> SessionEvent?

  /// Answers what the session waits for.
  ///
  /// - Throws: why that cannot be typed, in one sentence.
  func reply(_ reply: Reply) async throws

  /// Ends the input and waits for the session's end.
  ///
  /// - Returns: false when it did not end within the bound, and was given up.
  func end(within bound: Duration) async -> Bool
}

/// A shell in this process, which says itself when it waits.
struct ShellSession: PlayedSession {
  private let terminal: ReplayTerminal
  private let task: Task<Void, Never>

  /// Starts a shell.
  ///
  /// - Parameter run: runs it to its end.
  init(window: WindowSize?, run: @escaping @Sendable (any Terminal) async -> Void) {
    let terminal = ReplayTerminal(window: window)
    self.terminal = terminal
    task = Task {
      await run(terminal)
      await terminal.end()
    }
  }

  func nextEvent(expectedBy matcher: Matcher, within bound: Duration) async -> SessionEvent? {
    await terminal.nextEvent(within: bound)
  }

  func reply(_ reply: Reply) async { await terminal.reply(reply) }

  func end(within bound: Duration) async -> Bool {
    await terminal.hangUp()
    if await terminal.nextEvent(within: bound)?.kind == .ended { return true }
    task.cancel()
    return false
  }
}
