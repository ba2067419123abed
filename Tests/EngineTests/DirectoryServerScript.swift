import NIOCore
import NIOPosix
import Synchronization
import TLS
import TestSupport
import Transport

/// A directory server that answers what it is told to answer, one answer to each thing that comes.
final class ScriptedDirectory: Sendable {
  /// What it does about the next bytes of its client.
  enum Answer: Sendable {
    case bytes([UInt8])
    /// Bytes in clear, behind which TLS begins.
    case startTLS([UInt8])
    case hangUp
    case silence
  }

  private let channel: any Channel
  private let seen: Sources

  fileprivate final class Sources: Sendable {
    let addresses = Mutex<[String]>([])
  }

  /// The addresses from which clients came.
  var sources: [String] { seen.addresses.withLock { $0 } }

  /// Starts it.
  ///
  /// - Parameters:
  ///   - host: the real address on this machine.
  ///   - tls: the context of a server that begins TLS at once or on request; nil for none.
  ///   - isEncrypted: whether TLS begins with the connection.
  ///   - answers: in their order, for each connection anew.
  init(
    at host: String, port: Int, tls: TLSContext? = nil, isEncrypted: Bool = false,
    _ answers: [Answer]
  ) async throws {
    let seen = Sources()
    self.seen = seen
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          seen.addresses.withLock { $0.append(channel.remoteAddress?.ipAddress ?? "") }
          let start = tls.map { TLSHandler.Start(context: $0, time: .testMoment) }
          try channel.pipeline.syncOperations.addHandlers([
            TLSHandler(start: isEncrypted ? start : nil), Answering(answers, start),
          ])
        }
      }
      .bind(host: host, port: port).get()
  }

  func stop() async throws { try await channel.close() }
}

private final class Answering: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  private var answers: ArraySlice<ScriptedDirectory.Answer>
  private let start: TLSHandler.Start?

  init(_ answers: [ScriptedDirectory.Answer], _ start: TLSHandler.Start?) {
    self.answers = answers[...]
    self.start = start
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch answers.popFirst() ?? .hangUp {
    case .bytes(let bytes): write(bytes, context)
    case .startTLS(let bytes):
      write(bytes, context)
      if let start { context.triggerUserOutboundEvent(start, promise: nil) }
    case .hangUp: context.close(promise: nil)
    case .silence: break
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSHandler.Outcome.failed = event { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
  }
}
