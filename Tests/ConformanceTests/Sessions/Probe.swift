import Configuration
import ConfigurationStore
import Dialogue
import Synchronization

/// What happens at one prompt of a replay, and what was wrong about it.
final class Probe: Sendable {
  enum Meddling { case interrupt, returns }

  private struct State {
    var reads = 0
    var menus: [Int] = []
    var complaints: [String] = []
  }

  let number: Int
  let meddling: Meddling
  private let state = Mutex(State())

  /// - Parameter number: at which read, counted over all sessions from 0; -1 for none.
  init(at number: Int, meddling: Meddling) {
    self.number = number
    self.meddling = meddling
  }

  /// How many reads there were.
  var reads: Int { state.withLock { $0.reads } }
  /// Which of them were menus.
  var menus: [Int] { state.withLock { $0.menus } }
  /// What was wrong.
  var complaints: [String] { state.withLock { $0.complaints } }

  /// Counts a read; true for the one to meddle with.
  func isTurn(atMenu: Bool = false) -> Bool {
    state.withLock { state in
      defer { state.reads += 1 }
      if atMenu { state.menus.append(state.reads) }
      return state.reads == number
    }
  }

  func complain(_ text: String) { state.withLock { $0.complaints.append(text) } }
}

/// A session's terminal that meddles at the probe's prompt and then looks at the session.
///
/// The session is touched only in its shell's own task, from within the shell's calls.
final class ProbedTerminal: Terminal, @unchecked Sendable {
  private enum Phase { case before, interrupted, returning(Int), over }

  private let inner: any Terminal
  private let session: Session
  private let probe: Probe
  private var pendingAtStart: [Change] = []
  private var phase = Phase.before
  private var shownMenu = false

  init(_ inner: any Terminal, session: Session, probe: Probe) {
    self.inner = inner
    self.session = session
    self.probe = probe
  }

  var window: WindowSize? { get async { await inner.window } }

  func write(_ text: String) async {
    if text.contains("Choose the operation you want to perform:") { shownMenu = true }
    await inner.write(text)
  }

  func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    defer { shownMenu = false }
    switch phase {
    case .before: break
    case .interrupted:
      // The interrupted command is over: this is a main prompt, with pending as it was.
      if !prompt.isCommandLine { probe.complain("\(prompt.text) came after Ctrl-C") }
      if session.pendingChanges != pendingAtStart { probe.complain("pending differs") }
      phase = .over
      throw .endOfInput
    case .returning(let count):
      if prompt.isCommandLine {
        phase = .over
        throw .endOfInput
      }
      guard count < 5 else {
        probe.complain("\(prompt.text) came after five Returns")
        phase = .over
        throw .endOfInput
      }
      phase = .returning(count + 1)
      return ""
    case .over: throw .endOfInput
    }
    if prompt.isCommandLine { pendingAtStart = session.pendingChanges }
    guard probe.isTurn(atMenu: shownMenu) else { return try await inner.readLine(prompt) }
    switch probe.meddling {
    case .interrupt:
      phase = .interrupted
      throw .interrupted
    case .returns:
      phase = .returning(1)
      return ""
    }
  }

  func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    guard probe.isTurn() else { return try await inner.readPaste(paste) }
    return try meddle()
  }

  func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    guard probe.isTurn() else { return try await inner.readKey(prompt) }
    return try meddle()
  }

  private func meddle<Value>() throws(InputEnd) -> Value {
    phase = .interrupted
    throw .interrupted
  }
}
