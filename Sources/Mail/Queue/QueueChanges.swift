/// What a piece of work changes in the queue; it counts when the transaction is on disk.
struct QueueChanges: Sendable {
  /// The messages that came, with their contents.
  var arrived: [(message: QueuedMessage, content: [UInt8])] = []
  /// The messages that went, with the bytes of their contents.
  var gone: [(id: MessageID, size: Int)] = []

  /// Bytes of write-ahead log that it takes, roughly: pages of rows, and contents.
  var cost: Int { arrived.reduce(4096) { $0 + $1.message.size + 4096 } + 4096 * gone.count }

  /// What it adds to the queue; negative where more goes than comes.
  var usage: QueueUsage {
    QueueUsage(
      messages: arrived.count - gone.count,
      bytes: arrived.reduce(0) { $0 + $1.message.size } - gone.reduce(0) { $0 + $1.size })
  }
}
