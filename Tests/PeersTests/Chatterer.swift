import Addresses
import NIOCore
import NIOPosix
import Resolver

/// A server that says the same text fifty times a second, whatever it hears.
final class Chatterer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let text: String

  private init(_ text: String) { self.text = text }

  /// Starts one; closing its channel ends it.
  static func start(at endpoint: Endpoint, saying text: String) async throws -> any Channel {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Chatterer(text))
        }
      }
      .bind(host: endpoint.address.description, port: endpoint.port).get()
  }

  func channelActive(context: ChannelHandlerContext) { talk(context) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func talk(_ context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
    context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(20)) { self.talk(context) }
  }
}
