import Dialogue
import Synchronization

/// Passes a session through to its terminal and records each answer with what was asked.
final class AuditedTerminal: Terminal {
  /// The most that is kept of the output between two answers, in characters.
  static let limit = 4096

  private let inner: any Terminal
  private let user: String
  private let audit: any AuditTrail
  private let state = Mutex(State())

  private struct State {
    var shown = ""
    var isConfidential = false
  }

  init(_ inner: any Terminal, user: String, audit: any AuditTrail) {
    self.inner = inner
    self.user = user
    self.audit = audit
  }

  /// While true, what is shown is not kept: it may hold secrets.
  var isConfidential: Bool {
    get { state.withLock { $0.isConfidential } }
    set { state.withLock { $0.isConfidential = newValue } }
  }

  var window: WindowSize? { get async { await inner.window } }

  var interruptions: AsyncStream<Void> { inner.interruptions }

  func write(_ text: String) async {
    state.withLock { state in
      if !state.isConfidential, state.shown.utf8.count < Self.limit {
        state.shown += text.prefix(Self.limit)
      }
    }
    await inner.write(text)
  }

  func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    let line = try await inner.readLine(prompt)
    record(prompt.echo ? line ?? "^D" : nil, prompt.text)
    return line
  }

  func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    let lines = try await inner.readPaste(paste)
    let isSecret = paste.isSecret || Paste.holdsPrivateKey(lines)
    record(isSecret ? nil : lines.joined(separator: "\n"), "")
    return lines
  }

  func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    try await inner.readKey(prompt)
  }

  private func record(_ entry: String?, _ prompt: String) {
    let before = state.withLock { state in
      defer { state.shown = "" }
      return state.shown
    }
    audit.record(user: user, entry: entry, prompt: before + prompt)
  }
}
