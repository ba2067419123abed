public import NIOCore
import Synchronization

/// The connections of a server that are open, so that all of them can be ended.
public final class OpenChannels: Sendable {
  /// Asks a connection to end in an orderly way, as an inbound user event.
  public struct Quiesce: Sendable {}

  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

  /// Makes an empty collection.
  public init() {}

  /// How many are open.
  public var count: Int { channels.withLock { $0.count } }

  /// Keeps a connection until it closes.
  public func insert(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    channels.withLock { $0[id] = channel }
    channel.closeFuture.whenComplete { _ in self.channels.withLock { $0[id] = nil } }
  }

  /// Asks all connections to end, and returns when they have; how long that may take is for their
  /// handlers to bound.
  public func end() async {
    let open = channels.withLock { Array($0.values) }
    for channel in open { channel.pipeline.fireUserInboundEventTriggered(Quiesce()) }
    for channel in open { try? await channel.closeFuture.get() }
  }

  /// Closes all connections at once, also those that are being made.
  public func close() {
    for channel in channels.withLock({ Array($0.values) }) { channel.close(promise: nil) }
  }
}
