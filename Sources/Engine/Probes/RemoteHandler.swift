import Control
import NIOCore

/// Keeps what comes on a connection until somebody asks for it; lives on the connection's loop.
final class RemoteHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  /// So many bytes may wait before the other end has to.
  private static let limit = 1 << 18

  private var bytes: [UInt8] = []
  private var isEnded = false
  private var context: ChannelHandlerContext?
  private var waiter: EventLoopPromise<RemoteInput>?

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    bytes += unwrapInboundIn(data).readableBytesView
    if bytes.count > Self.limit { setReading(false) }
    answer()
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    end()
  }

  /// What came, or what comes first; one at a time may wait.
  func receive(within limit: TimeAmount, on loop: any EventLoop) -> EventLoopFuture<RemoteInput> {
    let promise = loop.makePromise(of: RemoteInput.self)
    waiter = promise
    answer()
    guard waiter != nil else { return promise.futureResult }
    let timer = loop.assumeIsolated().scheduleTask(in: limit) { self.settle(.silence) }
    promise.futureResult.whenComplete { _ in timer.cancel() }
    return promise.futureResult
  }

  private func end() {
    isEnded = true
    answer()
  }

  private func answer() {
    guard waiter != nil else { return }
    if !bytes.isEmpty {
      let all = bytes
      bytes = []
      setReading(true)
      settle(.bytes(all))
    } else if isEnded {
      settle(.end)
    }
  }

  private func settle(_ input: RemoteInput) {
    let waiter = waiter
    self.waiter = nil
    waiter?.succeed(input)
  }

  private func setReading(_ isOn: Bool) {
    _ = try? context?.channel.syncOptions?.setOption(.autoRead, value: isOn)
  }
}

/// A connection with a `RemoteHandler`, for a session.
struct ChannelConnection: RemoteConnection {
  private let channel: any Channel
  private let handler: NIOLoopBound<RemoteHandler>

  init(_ channel: any Channel) async throws {
    self.channel = channel
    handler = try await channel.eventLoop.submit {
      NIOLoopBound(
        try channel.pipeline.syncOperations.handler(type: RemoteHandler.self),
        eventLoop: channel.eventLoop)
    }.get()
  }

  func receive(within limit: Duration) async -> RemoteInput {
    let input = channel.eventLoop.flatSubmit { [handler, loop = channel.eventLoop] in
      handler.value.receive(within: TimeAmount(limit), on: loop)
    }
    return await withTaskCancellationHandler {
      (try? await input.get()) ?? .end
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  func send(_ text: String) async {
    // A connection that has broken tells so when it is read.
    try? await channel.writeAndFlush(ByteBuffer(string: text)).get()
  }

  func close() async { try? await channel.close().get() }
}
