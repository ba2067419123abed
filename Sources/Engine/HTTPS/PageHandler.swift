import NIOCore
import NIOHTTP1
import Transport

/// Answers the requests of one HTTPS connection: the page at `/`, nothing elsewhere.
final class PageHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let page: StatusPage
  private var request: HTTPRequestHead?

  init(page: StatusPage) { self.page = page }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): request = head
    case .body: break
    case .end:
      if let request { answer(request, context) }
      request = nil
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is IdleStateHandler.IdleStateEvent, is OpenChannels.Quiesce, TLSHandler.Outcome.failed:
      context.close(promise: nil)
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
    if !request.isKeepAlive { headers.add(name: "Connection", value: "close") }
    let head = HTTPResponseHead(version: request.version, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      let body = context.channel.allocator.buffer(string: text)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    if !request.isKeepAlive { context.close(mode: .output, promise: nil) }
  }
}
