import Addresses
import Foundation
import NIOCore
import NIOHTTP1
import Resolver
import Transport

/// One connection to a web service of the lab: keeps each request and answers it with 200.
final class WebPeerHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// For how long a client may be silent.
  private static let patience = Duration.seconds(60)

  private let host: PeerHost
  private let client: IPv4Address
  private let timer: ConnectionTimer
  private var encryption: ReceivedMessage.Encryption?
  private var request: HTTPRequestHead?

  /// - Parameter client: the client's address in the appliance's world.
  init(host: PeerHost, client: IPv4Address, eventLoop: any EventLoop) {
    self.host = host
    self.client = client
    timer = ConnectionTimer(eventLoop: eventLoop)
  }

  func channelActive(context: ChannelHandlerContext) {
    timer.expect(within: Self.patience) { context.close(promise: nil) }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer.cancel()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details):
      encryption = ReceivedMessage.Encryption(details)
    case is OpenChannels.Quiesce, TLSHandler.Outcome.failed, ChannelEvent.inputClosed:
      context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    timer.restart(Self.patience)
    switch unwrapInboundIn(data) {
    case .head(let head): request = head
    case .body: break
    case .end:
      if let request { keep(request, context) }
      request = nil
    }
  }

  private func keep(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let received = ReceivedRequest(
      peer: host.name, behaviour: host.behaviour.name, time: host.calendar(), client: "\(client)",
      encryption: encryption,
      head: ["\(request.method.rawValue) \(request.uri) \(request.version)"]
        + request.headers.map { "\($0.name): \($0.value)" })
    let mailbox = host.mailbox
    context.eventLoop.makeFutureWithTask { try await mailbox.store(received) }
      .assumeIsolated().whenComplete { result in
        switch result {
        case .success: self.answer(.ok, "The web security service of the lab\n", request, context)
        case .failure: self.answer(.internalServerError, "", request, context)
        }
      }
  }

  private func answer(
    _ status: HTTPResponseStatus, _ text: String, _ request: HTTPRequestHead,
    _ context: ChannelHandlerContext
  ) {
    var headers = HTTPHeaders([
      ("Content-Type", "text/plain"), ("Content-Length", String(text.utf8.count)),
    ])
    if !request.isKeepAlive { headers.add(name: "Connection", value: "close") }
    let head = HTTPResponseHead(version: request.version, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let body = context.channel.allocator.buffer(string: text)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    if !request.isKeepAlive { context.close(mode: .output, promise: nil) }
  }
}
