public import Dialogue
import Synchronization

/// A terminal whose session can be ended from outside: by `kick` in another session, or by its idle
/// limit.
///
/// What is read then is given up, with a sentence, and all later reads meet the end of the input.
public final class EndableTerminal: Terminal {
  private struct State {
    var sentence: String?
    var isTold = false
    /// Ends the present read; nil while nothing is read.
    var giveUp: (@Sendable () -> Void)?
    var onInput: (@Sendable () -> Void)?
  }

  private let inner: any Terminal
  private let release: @Sendable () -> Void
  private let state = Mutex(State())

  /// Watches over a terminal.
  ///
  /// - Parameters:
  ///   - inner: the terminal.
  ///   - release: makes the terminal's own present read return, where it would hold a TTY.
  public init(_ inner: any Terminal, release: @escaping @Sendable () -> Void = {}) {
    self.inner = inner
    self.release = release
  }

  /// Called whenever something was typed.
  public func onInput(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.onInput = action }
  }

  /// Ends the session; may be called from any thread.
  ///
  /// - Parameter sentence: what the user is told.
  public func end(_ sentence: String) {
    let giveUp = state.withLock { state in
      if state.sentence == nil { state.sentence = sentence }
      defer { state.giveUp = nil }
      return state.giveUp
    }
    release()
    giveUp?()
  }

  /// The terminal's own window.
  public var window: WindowSize? { get async { await inner.window } }

  /// The terminal's own.
  public var interruptions: AsyncStream<Void> { inner.interruptions }

  /// Shows a text.
  public func write(_ text: String) async { await inner.write(text) }

  /// Reads a line, unless the session is ended.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    let inner = inner
    return try await read { () async throws(InputEnd) in try await inner.readLine(prompt) }
  }

  /// Reads pasted lines, unless the session is ended.
  public func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    let inner = inner
    return try await read { () async throws(InputEnd) in try await inner.readPaste(paste) }
  }

  /// Reads a key, unless the session is ended.
  public func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    let inner = inner
    return try await read { () async throws(InputEnd) in try await inner.readKey(prompt) }
  }

  /// Reads until something came or the session is ended; what comes later reaches nobody.
  private func read<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(InputEnd) -> Value
  ) async throws(InputEnd) -> Value {
    let race = Race<Value>()
    let isOver = state.withLock { state in
      state.giveUp = { race.finish(.failure(.endOfInput)) }
      return state.sentence != nil
    }
    if isOver { race.finish(.failure(.endOfInput)) }
    let reading = Task {
      guard !isOver else { return }
      do throws(InputEnd) {
        race.finish(.success(try await body()))
      } catch {
        race.finish(.failure(error))
      }
    }
    let result = await withTaskCancellationHandler {
      await race.result
    } onCancel: {
      reading.cancel()
    }
    let (sentence, onInput) = state.withLock { state in
      state.giveUp = nil
      defer { if state.sentence != nil { state.isTold = true } }
      return (state.isTold ? nil : state.sentence, state.onInput)
    }
    if let sentence { await inner.write("\n\(sentence)\n") }
    if case .success = result { onInput?() }
    return try result.get()
  }
}

/// The first of several results, for one who waits.
private final class Race<Value: Sendable>: Sendable {
  private enum State {
    case open
    case waiting(CheckedContinuation<Result<Value, InputEnd>, Never>)
    case finished(Result<Value, InputEnd>)
  }

  private let state = Mutex(State.open)

  func finish(_ result: Result<Value, InputEnd>) {
    let waiting: CheckedContinuation<Result<Value, InputEnd>, Never>? = state.withLock { state in
      switch state {
      case .finished: return nil
      case .open:
        state = .finished(result)
        return nil
      case .waiting(let continuation):
        state = .finished(result)
        return continuation
      }
    }
    waiting?.resume(returning: result)
  }

  var result: Result<Value, InputEnd> {
    get async {
      await withCheckedContinuation { continuation in
        let result: Result<Value, InputEnd>? = state.withLock { state in
          if case .finished(let result) = state { return result }
          state = .waiting(continuation)
          return nil
        }
        if let result { continuation.resume(returning: result) }
      }
    }
  }
}
