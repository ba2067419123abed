import NIOCore
import NIOHTTP1
import Transport

/// Answers the requests of one HTTPS connection: the page at `/`, nothing elsewhere.
final class PageHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let page: StatusPage
  private let limits: WebLimits
  private let timer: ConnectionTimer
  private var request: HTTPRequestHead?
  private var answers = 0
  /// The client sends nothing more, but may still read.
  private var isInputClosed = false
  /// When all that was answered is on its way.
  private var written: EventLoopFuture<Void>

  init(page: StatusPage, limits: WebLimits, eventLoop: any EventLoop) {
    self.page = page
    self.limits = limits
    timer = ConnectionTimer(eventLoop: eventLoop)
    written = eventLoop.makeSucceededVoidFuture()
  }

  func channelActive(context: ChannelHandlerContext) {
    timer.limit(to: limits.connectionTime)
    timer.expect(within: limits.requestTime) { context.close(promise: nil) }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): request = head
    case .body: break
    case .end:
      // Whole requests alone are signs of life.
      timer.restart(limits.requestTime)
      if let request { answer(request, context) }
      request = nil
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is OpenChannels.Quiesce, TLSHandler.Outcome.failed: context.close(promise: nil)
    case ChannelEvent.inputClosed:
      isInputClosed = true
      end(context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let isRead = request.method == .GET || request.method == .HEAD
    let path = request.uri.prefix { $0 != "?" }
    let status: HTTPResponseStatus = !isRead ? .methodNotAllowed : path == "/" ? .ok : .notFound
    let text = status == .ok ? page.html : "\(status.code) \(status.reasonPhrase)\n"
    var headers = HTTPHeaders([
      ("Content-Type", status == .ok ? "text/html; charset=utf-8" : "text/plain"),
      ("Content-Length", String(text.utf8.count)),
      ("Cache-Control", "no-store"),
      ("X-Content-Type-Options", "nosniff"),
    ])
    if status == .methodNotAllowed { headers.add(name: "Allow", value: "GET, HEAD") }
    answers += 1
    let isLast = !request.isKeepAlive || answers >= limits.requests
    if isLast { headers.add(name: "Connection", value: "close") }
    let head = HTTPResponseHead(version: request.version, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      let body = context.channel.allocator.buffer(string: text)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    if isLast { end(context) }
  }

  /// Ends the connection behind the last answer, which the client has a moment to fetch; requests
  /// that come behind it reach nobody.
  private func end(_ context: ChannelHandlerContext) {
    if isInputClosed {
      // Half a connection that is closed is gone at once, with all that waits.
      written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    } else {
      context.close(mode: .output, promise: nil)
    }
    timer.liftLimit()
    timer.expect(within: limits.farewellTime) { context.close(promise: nil) }
  }
}
