import NIOCore
import NIOPosix
import Testing
import Transport

@Suite struct ConnectionTimerTests {
  /// Says goodbye at once, since its time is up, and takes one more word.
  private final class Farewell: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let lastWord: EventLoopPromise<String>

    init(_ lastWord: EventLoopPromise<String>) { self.lastWord = lastWord }

    func channelActive(context: ChannelHandlerContext) {
      let timer = ConnectionTimer(eventLoop: context.eventLoop)
      timer.limit(to: .zero)
      timer.expect(within: .seconds(60)) {
        context.writeAndFlush(NIOAny(ByteBuffer(string: "bye")), promise: nil)
        context.hangUp(isInputClosed: false, timer, moment: .seconds(60))
      }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      lastWord.succeed(String(buffer: unwrapInboundIn(data)))
    }

    func channelInactive(context: ChannelHandlerContext) {
      lastWord.fail(ChannelError.alreadyClosed)
    }
  }

  /// Waits for the end of the other direction, and then says something.
  private final class Latecomer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      guard case ChannelEvent.inputClosed = event else { return }
      context.writeAndFlush(NIOAny(ByteBuffer(string: "late")), promise: nil)
    }
  }

  @Test func theOtherSideHasItsMomentAlsoWhenTheTimeIsUp() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let lastWord = group.next().makePromise(of: String.self)
    let listening = try await ServerBootstrap(group: group)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Farewell(lastWord))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let connected = try await ClientBootstrap(group: group)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Latecomer())
        }
      }
      .connect(to: #require(listening.localAddress)).get()
    #expect(try await lastWord.futureResult.get() == "late")
    try await connected.close()
    try await listening.close()
    try await group.shutdownGracefully()
  }
}
