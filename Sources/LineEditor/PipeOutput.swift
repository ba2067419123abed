import Dispatch
import Synchronization

/// Collects output and writes it on a queue of its own, in order.
final class PipeOutput: Sendable {
  /// How much is collected, in bytes, before the writer has to wait.
  private static let capacity = 1 << 16

  private struct State {
    var waiting: [UInt8] = []
    var isFlushPlanned = false
  }

  private let descriptor: Int32
  private let delay: DispatchTimeInterval
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "esash.pipe-output")

  /// - Parameter delay: how long text may wait for more.
  init(descriptor: Int32, delay: DispatchTimeInterval) {
    self.descriptor = descriptor
    self.delay = delay
  }

  /// Adds text; returns at once unless the partner reads more slowly than we write.
  func write(_ text: String) async {
    let (isFull, plansFlush) = state.withLock { state in
      state.waiting += text.utf8
      defer { state.isFlushPlanned = true }
      return (state.waiting.count >= Self.capacity, !state.isFlushPlanned)
    }
    if plansFlush {
      queue.asyncAfter(deadline: .now() + delay) { self.writeWaiting() }
    }
    if isFull { await flush() }
  }

  /// Writes all that was added so far, soon.
  func startFlush() {
    queue.async { self.writeWaiting() }
  }

  /// Writes all that was added so far, and waits until it is written.
  func flush() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.writeWaiting()
        continuation.resume()
      }
    }
  }

  private func writeWaiting() {
    let bytes = state.withLock { state in
      defer { state = State() }
      return state.waiting
    }
    Output(descriptor: descriptor).write(bytes)
  }
}
