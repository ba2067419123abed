import Synchronization

/// How much of messages that are still coming is kept, over all connections and listeners: any number
/// of clients with a large message each would else take all the memory there is.
final class MessageMemory: Sendable {
  private let limit: Int
  private let used = Mutex(0)

  /// Makes an account of so many bytes.
  init(limit: Int) { self.limit = limit }

  /// Notes that a connection keeps another number of bytes.
  ///
  /// - Returns: whether there is room; if not, nothing was noted.
  func change(from before: Int, to bytes: Int) -> Bool {
    used.withLock { used in
      guard bytes <= before || used - before + bytes <= limit else { return false }
      used += bytes - before
      return true
    }
  }
}
