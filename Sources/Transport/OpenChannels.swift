public import NIOCore
import Synchronization

/// The connections of a server that are open, so that all of them can be ended.
public final class OpenChannels: Sendable {
  /// Asks a connection to end in an orderly way, as an inbound user event.
  public struct Quiesce: Sendable {}

  private struct Open {
    let channel: any Channel
    let label: String
  }

  private let connections = Mutex<[ObjectIdentifier: Open]>([:])

  /// Makes an empty collection.
  public init() {}

  /// How many are open.
  public var count: Int { connections.withLock { $0.count } }

  /// Keeps a connection until it closes.
  ///
  /// - Parameter label: by which `finish` knows it.
  public func insert(_ channel: any Channel, as label: String = "") {
    let id = ObjectIdentifier(channel)
    connections.withLock { $0[id] = Open(channel: channel, label: label) }
    forgetWhenClosed(channel)
  }

  /// Keeps a connection until it closes, if there is room for one more.
  ///
  /// - Parameters:
  ///   - label: by which `finish` knows it, such as the client's address.
  ///   - limit: the most connections.
  ///   - labelLimit: the most of this label.
  /// - Returns: whether there was room.
  public func insert(
    _ channel: any Channel, as label: String, limit: Int, labelLimit: Int
  ) -> Bool {
    let id = ObjectIdentifier(channel)
    let hasRoom = connections.withLock { connections in
      guard connections.count < limit,
        connections.values.count(where: { $0.label == label }) < labelLimit
      else { return false }
      connections[id] = Open(channel: channel, label: label)
      return true
    }
    if hasRoom { forgetWhenClosed(channel) }
    return hasRoom
  }

  private func forgetWhenClosed(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    channel.closeFuture.whenComplete { _ in self.connections.withLock { $0[id] = nil } }
  }

  private func channels(_ labels: Set<String>? = nil) -> [any Channel] {
    connections.withLock { connections in
      connections.values.filter { labels?.contains($0.label) != false }.map(\.channel)
    }
  }

  /// Asks all connections to end, and returns when they have; how long that may take is for their
  /// handlers to bound.
  public func end() async {
    let open = channels()
    for channel in open { channel.pipeline.fireUserInboundEventTriggered(Quiesce()) }
    for channel in open { try? await channel.closeFuture.get() }
  }

  /// Waits until connections have ended by themselves, and closes those that have not.
  ///
  /// - Parameters:
  ///   - labels: which ones; nil for all.
  ///   - limit: how long to wait.
  /// - Throws: `CancellationError` when the task is cancelled; then none is closed.
  public func finish(_ labels: Set<String>? = nil, within limit: Duration) async throws {
    let deadline = ContinuousClock.now + limit
    while !channels(labels).isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    let late = channels(labels)
    for channel in late { channel.close(promise: nil) }
    for channel in late { try? await channel.closeFuture.get() }
  }

  /// Closes all connections at once, also those that are being made.
  public func close() {
    for channel in channels() { channel.close(promise: nil) }
  }
}
