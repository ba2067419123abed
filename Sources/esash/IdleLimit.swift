import Dialogue

/// A terminal whose session ends when it is left idle, as the banner says.
///
/// What is typed counts, not what is shown: each read has the whole time.
final class IdleLimit: Terminal {
  private let inner: any Terminal
  private let limit: Duration
  private let end: @Sendable () -> Void

  /// Watches over a terminal.
  ///
  /// - Parameter end: makes the terminal's present and later reads throw `InputEnd.endOfInput`.
  init(
    _ inner: any Terminal, limit: Duration = .seconds(30 * 60), end: @escaping @Sendable () -> Void
  ) {
    self.inner = inner
    self.limit = limit
    self.end = end
  }

  var window: WindowSize? { get async { await inner.window } }

  var interruptions: AsyncStream<Void> { inner.interruptions }

  func write(_ text: String) async { await inner.write(text) }

  func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    let watch = watch()
    defer { watch.cancel() }
    return try await inner.readLine(prompt)
  }

  func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    let watch = watch()
    defer { watch.cancel() }
    return try await inner.readPaste(paste)
  }

  func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    let watch = watch()
    defer { watch.cancel() }
    return try await inner.readKey(prompt)
  }

  private func watch() -> Task<Void, Never> {
    Task { [limit, end] in
      guard (try? await Task.sleep(for: limit)) != nil else { return }
      end()
    }
  }
}
