import Synchronization

/// The listeners that take no new connections for the time being (`suspendlistener`).
final class SuspendedListeners: Sendable {
  private let current = Mutex<Set<String>>([])

  /// Their names.
  var names: Set<String> {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  /// Whether a listener is among them.
  func contains(_ listener: String) -> Bool { current.withLock { $0.contains(listener) } }
}
