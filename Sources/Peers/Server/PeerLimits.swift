import Synchronization

/// What a peer bears of its clients.
///
/// One of them, the inside store, lives in the engine's process.
enum PeerLimits {
  /// The longest command in bytes, its end included.
  static let command = 4096
  /// The largest message in bytes; told in EHLO (RFC 1870).
  static let content = 50 << 20
  /// The most recipients of a message.
  static let recipients = 1000
  /// The most connections at a time: more than an appliance opens to one host.
  static let connections = 1000
  /// The most of them from one address.
  static let connectionsOfOneAddress = 500
  /// The most bytes that are held for all connections together.
  static let held = 256 << 20
}

/// How many of its clients' bytes a peer holds, over all its connections.
final class PeerMemory: Sendable {
  private let held = Mutex(0)

  /// Notes that a connection holds more, or less.
  ///
  /// - Parameter difference: how many bytes more.
  /// - Returns: whether all connections together hold no more than they may.
  func change(by difference: Int) -> Bool {
    held.withLock { held in
      held += difference
      return held <= PeerLimits.held
    }
  }
}
