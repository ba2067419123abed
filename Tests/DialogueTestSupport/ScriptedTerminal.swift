public import Dialogue
import Synchronization

/// A terminal whose answers are known beforehand and whose screen can be looked at.
///
/// A nil answer is Ctrl-D; after the last answer the input is at its end.
public final class ScriptedTerminal: Terminal {
  private struct State {
    var answers: [String?]
    var screen = ""
    var prompts: [Prompt] = []
  }

  private let state: Mutex<State>
  private let size: WindowSize?

  /// Makes a terminal.
  ///
  /// - Parameters:
  ///   - answers: one for each read; `^C` interrupts.
  ///   - window: nil for no screen, so that nothing is paged.
  public init(_ answers: [String?], window: WindowSize? = nil) {
    state = Mutex(State(answers: answers))
    size = window
  }

  /// All that was shown, prompts and what was echoed included.
  public var screen: String { state.withLock { $0.screen } }
  /// The prompts that were shown.
  public var prompts: [Prompt] { state.withLock { $0.prompts } }
  /// Answers that nothing asked for.
  public var unused: Int { state.withLock { $0.answers.count } }

  /// The window given to `init`.
  public var window: WindowSize? { size }

  /// Adds to the screen.
  public func write(_ text: String) async { state.withLock { $0.screen += text } }

  /// Takes the next answer.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    state.withLock { state in
      state.prompts.append(prompt)
      state.screen += prompt.text
    }
    let answer = try next()
    state.withLock { $0.screen += (prompt.echo ? answer ?? "" : "") + "\n" }
    return answer
  }

  /// Takes answers up to a single dot.
  public func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    var lines: [String] = []
    while let line = try next(), line != "." { lines.append(line) }
    return lines
  }

  /// Takes the first character of the next answer.
  public func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    state.withLock { $0.screen += prompt }
    return try next()?.first ?? " "
  }

  private func next() throws(InputEnd) -> String? {
    let answer: Result<String?, InputEnd> = state.withLock { state in
      guard !state.answers.isEmpty else { return .failure(.endOfInput) }
      let answer = state.answers.removeFirst()
      return answer == "^C" ? .failure(.interrupted) : .success(answer)
    }
    return try answer.get()
  }
}
