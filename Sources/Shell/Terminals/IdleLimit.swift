public import Dialogue

/// A terminal whose session ends when it is left idle, as the banner says.
///
/// What is typed counts, not what is shown: each read has the whole time. A text that nobody takes
/// has no more.
public final class IdleLimit: Terminal {
  private let inner: any Terminal
  private let limit: Duration
  private let end: @Sendable () -> Void

  /// Watches over a terminal.
  ///
  /// - Parameters:
  ///   - inner: the terminal.
  ///   - limit: how long a read may take.
  ///   - end: makes the terminal's present and later reads throw `InputEnd.endOfInput`.
  public init(
    _ inner: any Terminal, limit: Duration, end: @escaping @Sendable () -> Void
  ) {
    self.inner = inner
    self.limit = limit
    self.end = end
  }

  /// The terminal's own window.
  public var window: WindowSize? { get async { await inner.window } }

  /// The terminal's own.
  public var interruptions: AsyncStream<Void> { inner.interruptions }

  /// Shows a text within the limit.
  public func write(_ text: String) async {
    let watch = watch()
    defer { watch.cancel() }
    await inner.write(text)
  }

  /// Reads a line within the limit.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    let watch = watch()
    defer { watch.cancel() }
    return try await inner.readLine(prompt)
  }

  /// Reads pasted lines within the limit.
  public func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    let watch = watch()
    defer { watch.cancel() }
    return try await inner.readPaste(paste)
  }

  /// Reads a key within the limit.
  public func readKey(_ prompt: String) async throws(InputEnd) -> Character {
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
