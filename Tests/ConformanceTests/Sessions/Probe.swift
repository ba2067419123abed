import Configuration
import ConfigurationStore
import Dialogue
import Foundation
import Synchronization

/// What happens at one prompt of a replay, and what was wrong about it.
final class Probe: Sendable {
  enum Meddling { case interrupt, returns }

  private struct State {
    var reads = 0
    var menus: [Int] = []
    var questions: [Int] = []
    var seen: Set<String> = []
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
  /// The first read of each question of each command: the same one again shows nothing new.
  var questions: [Int] { state.withLock { $0.questions } }
  /// Those of them that were menus.
  var menus: [Int] { state.withLock { $0.menus } }
  /// What was wrong.
  var complaints: [String] { state.withLock { $0.complaints } }

  /// Counts a read; true for the one to meddle with.
  ///
  /// - Parameter question: the running command and what it asks.
  func isTurn(_ question: String, atMenu: Bool = false) -> Bool {
    state.withLock { state in
      defer { state.reads += 1 }
      if state.seen.insert(question).inserted {
        state.questions.append(state.reads)
        if atMenu { state.menus.append(state.reads) }
      }
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
  private var command = ""
  /// What was shown since the last answer.
  private var shown = ""

  init(_ inner: any Terminal, session: Session, probe: Probe) {
    self.inner = inner
    self.session = session
    self.probe = probe
  }

  var window: WindowSize? { get async { await inner.window } }

  func write(_ text: String) async {
    if text.contains("Choose the operation you want to perform:") { shownMenu = true }
    shown += text
    await inner.write(text)
  }

  func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    defer {
      shownMenu = false
      shown = ""
    }
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
    guard probe.isTurn(question(prompt.text), atMenu: shownMenu) else {
      let answer = try await inner.readLine(prompt)
      if prompt.isCommandLine { command = answer ?? "" }
      return answer
    }
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
    defer { shown = "" }
    guard probe.isTurn(question("paste")) else { return try await inner.readPaste(paste) }
    return try meddle()
  }

  func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    defer { shown = "" }
    guard probe.isTurn(question(prompt)) else { return try await inner.readKey(prompt) }
    return try meddle()
  }

  /// The command and the last paragraph that it showed: headings and lists change, questions do not.
  private func question(_ prompt: String) -> String {
    let paragraph = shown.trimmingBlanks.components(separatedBy: "\n\n").last ?? ""
    return "\(command)\n\(paragraph)\n\(prompt)"
  }

  private func meddle<Value>() throws(InputEnd) -> Value {
    phase = .interrupted
    throw .interrupted
  }
}
