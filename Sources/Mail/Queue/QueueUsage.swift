/// How much is in the queue.
struct QueueUsage: Hashable, Sendable {
  /// Messages with recipients that wait.
  var messages = 0
  /// Bytes of their contents.
  var bytes = 0

  static func += (left: inout QueueUsage, right: QueueUsage) {
    left.messages += right.messages
    left.bytes += right.bytes
  }

  static func -= (left: inout QueueUsage, right: QueueUsage) {
    left.messages -= right.messages
    left.bytes -= right.bytes
  }
}

/// How much the queue takes from listeners; bounces and alerts go in beyond it.
struct QueueLimits: Hashable, Sendable {
  /// The most messages.
  var messages = 500_000
  /// The most bytes of contents.
  var bytes = 8 << 30
  /// Bytes of contents that are kept in memory, so that what is delivered at once is not read back.
  var cachedBytes = 32 << 20

  /// Makes the usual limits.
  init() {}
}
