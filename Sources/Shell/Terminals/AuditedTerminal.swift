import Dialogue
import Synchronization

/// Passes a session through to its terminal and records each answer with what was asked.
final class AuditedTerminal: Terminal {
  /// The most that is kept of the output between two answers, in bytes, give or take a character.
  static let limit = 4096
  /// Stands for the output that was not kept.
  static let mark = "[cut]"

  private let inner: any Terminal
  private let user: String
  private let audit: any AuditTrail
  private let state = Mutex(State())

  private struct State {
    var shown = ""
    var isCut = false
    var isConfidential = false
    var key = TypedKey()
    /// Whether the last answer was a part of a key, which what is shown then repeats.
    var isInKey = false

    mutating func keep(_ text: String) {
      guard !isConfidential, !isInKey, !isCut else { return }
      let part = text.prefix(max(0, AuditedTerminal.limit - shown.utf8.count))
      shown += part
      guard part.endIndex < text.endIndex else { return }
      isCut = true
      shown += AuditedTerminal.mark
    }

    mutating func take() -> String {
      defer { (shown, isCut) = ("", false) }
      return shown
    }
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
    state.withLock { $0.keep(text) }
    await inner.write(text)
  }

  func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    let line = try await inner.readLine(prompt)
    let isSecret = state.withLock { state in
      state.isInKey = state.key.includes(line ?? "^D")
      return !prompt.echo || state.isInKey
    }
    record(isSecret ? nil : line ?? "^D", prompt.text)
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
    audit.record(user: user, entry: entry, prompt: state.withLock { $0.take() } + prompt)
  }
}
