import Dialogue
import Glibc
import Synchronization

/// What reaches a terminal from outside its own executor: signals, and the order to end.
///
/// Any thread may report an event. The reader learns of it at once, since it polls `descriptor`
/// together with the keyboard.
final class InputEvents: Sendable {
  private struct State {
    var isInterrupted = false
    var hasEnded = false
    var isResized = false
    var nextListener = 0
    var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
  }

  private let state = Mutex(State())
  private let pipe: WakePipe

  /// Readable whenever an event waits.
  var descriptor: Int32 { pipe.readEnd }

  /// Nil when the process has no descriptors left.
  init?() {
    guard let pipe = WakePipe() else { return nil }
    self.pipe = pipe
  }

  /// Ctrl-C, pressed while nobody read the keyboard.
  func interrupt() {
    report(\.isInterrupted)
    notifyListeners()
  }

  /// No line will ever come again.
  func end() {
    report(\.hasEnded)
    notifyListeners()
  }

  /// The window has another size.
  func resize() {
    report(\.isResized)
  }

  /// Whether Ctrl-C was pressed since the last call.
  func takeInterruption() -> Bool {
    take(\.isInterrupted)
  }

  /// Whether the window changed since the last call.
  func takeResize() -> Bool {
    take(\.isResized)
  }

  /// Whether the end was reported; it stays.
  var hasEnded: Bool { state.withLock { $0.hasEnded } }

  /// Forgets the wake-up calls; the events themselves remain until they are taken.
  func drain() {
    pipe.drain()
  }

  /// A stream with one element for each interruption or end from now on.
  func interruptions() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.nextListener += 1
      state.listeners[state.nextListener] = continuation
      return state.nextListener
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
    }
    return stream
  }

  private typealias Flag = any WritableKeyPath<State, Bool> & Sendable

  private func report(_ flag: Flag) {
    state.withLock { $0[keyPath: flag] = true }
    pipe.wake()
  }

  private func take(_ flag: Flag) -> Bool {
    state.withLock { state in
      defer { state[keyPath: flag] = false }
      return state[keyPath: flag]
    }
  }

  private func notifyListeners() {
    for listener in state.withLock({ Array($0.listeners.values) }) {
      listener.yield()
    }
  }
}
