import Control
import NIOCore
import NIOHTTP1
import TLS
import Transport

/// Tells what happens on a connection to the web security service: the handshake, then the head of
/// the answer, and at last why nothing more comes.
final class WebServiceHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  /// One thing that happens.
  enum Step: Sendable {
    case established(TLSHandler.Details)
    case answered(HTTPResponseHead)
  }

  typealias Steps = AsyncThrowingStream<Step, any Error>

  private let steps: Steps.Continuation

  init(_ steps: Steps.Continuation) { self.steps = steps }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head(let head) = unwrapInboundIn(data) { steps.yield(.answered(head)) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details): steps.yield(.established(details))
    case TLSHandler.Outcome.failed(let failure): steps.finish(throwing: failure)
    case ChannelEvent.inputClosed: steps.finish()
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  /// With TLS 1.3 a service that does not like the client's certificate says so now only.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let failure as TLSFailure: steps.finish(throwing: TLSHandler.Failure.tls(failure))
    case let failure as IOError:
      steps.finish(throwing: TLSHandler.Failure.system(failure.errnoCode))
    case is HTTPParserError, is NIOHTTPDecoderError:
      steps.finish(throwing: ProbeFailure("it does not speak HTTP"))
    default: steps.finish(throwing: error)
    }
    context.close(promise: nil)
  }

  func handlerRemoved(context: ChannelHandlerContext) { steps.finish() }
}
