import Addresses
import NIOCore
import NIOPosix
import Peers
import Resolver
import SMTP
import TestSupport
import Testing
@testable import Mail

@Suite struct SMTPClientHandlerTests {
  /// Lets commands through, and holds back what follows DATA as a peer that has stopped reading.
  private final class Dam: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    private let full: EventLoopPromise<Void>
    private var isShut = false
    private var promises: [EventLoopPromise<Void>] = []

    init(_ full: EventLoopPromise<Void>) { self.full = full }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      guard isShut else {
        isShut = String(buffer: unwrapOutboundIn(data)).hasPrefix("DATA")
        return context.write(data, promise: promise)
      }
      if let promise { promises.append(promise) }
      full.succeed()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
      for promise in promises { promise.fail(ChannelError.ioOnClosedChannel) }
    }
  }

  @Test func aFinalDotThatHasNotLeftCannotHaveBeenTaken() async throws {
    try await withDeliveries { world in
      let peer = try await ScriptedPeer.start(world.lab.map)
      let endpoint = world.lab.map.endpoint(of: IPv4Address(bits: 0x0A00_0001), port: 25)
      let loop = MultiThreadedEventLoopGroup.singleton.next()
      let full = loop.makePromise(of: Void.self)
      let end = loop.makePromise(of: SMTPClientHandler.Answer.self)
      let channel = try await ClientBootstrap(group: loop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = SMTPClientHandler(
              hostName: "mail.example.com", limits: DeliveryLimits(), recorder: nil,
              eventLoop: channel.eventLoop)
            try channel.pipeline.syncOperations.addHandlers(Dam(full), handler)
            handler.introduce { _ in
              let envelope = ClientEnvelope(
                sender: "joe@example.com", recipients: ["ann@partner.example"], size: 4)
              handler.deliver(envelope, Array("text".utf8)) { end.succeed($0) }
            }
          }
        }
        .connect(host: endpoint.address.description, port: endpoint.port).get()
      try await full.futureResult.get()
      await peer.hangUp()
      guard case .lost(let loss) = try await end.futureResult.get() else {
        Issue.record("the connection was not lost")
        return
      }
      #expect(!loss.isOutcomeUnknown)
      try? await channel.close()
      try await peer.stop()
    }
  }
}
