import Configuration
import NIOCore
import NIOHTTP1

/// What a web server answered.
struct WebAnswer: Sendable {
  let status: HTTPResponseStatus
  /// Where it sends the client instead.
  let location: String?
  var body: [UInt8] = []
}

/// Asks for one page on a connection, and closes it.
final class WebFetchHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let page: WebPlace
  private let limits: WebFetch.Limits
  private let promise: EventLoopPromise<WebAnswer>
  private var answer: WebAnswer?
  private var timer: Scheduled<Void>?

  /// - Parameter answer: gets the answer, or an `EngineError`.
  init(page: WebPlace, limits: WebFetch.Limits, answer: EventLoopPromise<WebAnswer>) {
    self.page = page
    self.limits = limits
    promise = answer
  }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.answerTime)) {
      self.end(EngineError("the server takes too long"), channel)
    }
    var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: page.path)
    head.headers = [
      "Host": page.port == 80 ? page.host : "\(page.host):\(page.port)",
      "User-Agent": "esash", "Accept": "*/*", "Connection": "close",
    ]
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      answer = WebAnswer(status: head.status, location: head.headers.first(name: "Location"))
    case .body(let bytes):
      answer?.body += bytes.readableBytesView
      if let size = answer?.body.count, size > limits.size {
        end(EngineError("larger than \(limits.size >> 20) MB"), context.channel)
      }
    case .end:
      if let answer { promise.succeed(answer) }
      end(EngineError("the server does not speak HTTP"), context.channel)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(EngineError("the server does not speak HTTP"), context.channel)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(EngineError("the server closed the connection"), context.channel)
    context.fireChannelInactive()
  }

  /// The first outcome counts.
  private func end(_ error: EngineError, _ channel: any Channel) {
    timer?.cancel()
    promise.fail(error)
    channel.close(promise: nil)
  }
}
