/// Takes the echo of what was typed out of the lines that come.
struct EchoFilter: Sendable {
  enum Echo: Equatable {
    /// The line as it was typed.
    case line(String)
    /// A line whose end the far end has completed.
    case start(String)
  }

  private var prompt = ""
  private var expected: ArraySlice<Echo> = []

  /// Notes that lines were typed, the first of them at a prompt.
  mutating func expect(after prompt: String, _ echoes: [Echo]) {
    self.prompt = prompt
    expected = echoes[...]
  }

  /// Whether the line at the cursor is still the one that was typed on.
  func isAwaited(on tail: String) -> Bool {
    !expected.isEmpty && !prompt.isEmpty && tail.hasPrefix(prompt)
  }

  /// What a line shows besides an echo; nil when it is nothing but one.
  ///
  /// A far end that does not echo ends the prompt's line all the same.
  mutating func pass(_ line: String) -> String? {
    guard let echo = expected.popFirst() else { return line }
    defer { prompt = "" }
    guard line.utf8.starts(with: prompt.droppingTrailingBlanks.utf8) else {
      expected = []
      return line
    }
    let rest = String(decoding: line.utf8.dropFirst(prompt.utf8.count), as: UTF8.self)
      .droppingTrailingBlanks
    if rest.isEmpty { return nil }
    switch echo {
    case .line(let typed) where rest == typed.droppingTrailingBlanks: return nil
    case .start(let typed) where rest.hasPrefix(typed): return nil
    default:
      expected = []
      return rest
    }
  }
}
