import Glibc
import LDAP
import NIOCore
import TLS
import Transport

/// A connection to a directory server: carries bytes between channel and session, keeps the time.
///
/// One exchange at a time; it lives on the connection's loop.
final class DirectoryHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How an exchange ended.
  enum Reply: Sendable {
    case answer(LDAPClientSession.Answer)
    case encrypted(TLSHandler.Details)
  }

  private let limit: Duration
  private let timer: ConnectionTimer
  private var session = LDAPClientSession()
  private var context: ChannelHandlerContext?
  private var waiter: EventLoopPromise<Reply>?
  /// What TLS begins with, once the server agrees.
  private var start: TLSHandler.Start?
  private var loss: DirectoryLoss?
  /// Whether the server has asked for a certificate, and no answer shows yet that it took it.
  private var isJudged = false

  /// Makes a handler.
  ///
  /// - Parameter limit: how long the server may take for an answer or a handshake.
  init(eventLoop: any EventLoop, limit: Duration) {
    self.limit = limit
    timer = ConnectionTimer(eventLoop: eventLoop)
  }

  // MARK: Exchanges

  /// Asks the server for something.
  func ask(_ request: LDAPRequest, _ promise: EventLoopPromise<Reply>) {
    begin(promise) { self.write(self.session.begin(request)) }
  }

  /// Asks for TLS and, if the server agrees, shakes hands.
  func startTLS(_ start: TLSHandler.Start, _ promise: EventLoopPromise<Reply>) {
    self.start = start
    ask(.startTLS, promise)
  }

  /// Shakes hands, unasked.
  func shakeHands(_ start: TLSHandler.Start, _ promise: EventLoopPromise<Reply>) {
    begin(promise) { self.context?.triggerUserOutboundEvent(start, promise: nil) }
  }

  /// Says goodbye, which nobody answers.
  func leave() {
    guard loss == nil else { return }
    write(session.begin(.unbind))
    context?.close(promise: nil)
  }

  private func begin(_ promise: EventLoopPromise<Reply>, _ body: () -> Void) {
    if let loss {
      promise.fail(loss)
      return
    }
    waiter = promise
    timer.expect(within: limit) { self.lose(.system(ETIMEDOUT)) }
    body()
    // A server may have said goodbye while nobody asked.
    takeAnswer()
  }

  private func end(_ result: Result<Reply, any Error>) {
    timer.cancel()
    let waiter = waiter
    self.waiter = nil
    waiter?.completeWith(result)
  }

  private func lose(_ loss: DirectoryLoss) {
    guard self.loss == nil else { return }
    let loss = isJudged && loss.isSilent ? .dismissed : loss
    self.loss = loss
    end(.failure(loss))
    context?.close(promise: nil)
  }

  private func takeAnswer() {
    guard waiter != nil else { return }
    do throws(LDAPFault) {
      guard let answer = try session.next() else { return }
      isJudged = false
      let start = start
      self.start = nil
      if let start, answer.result.code == .success {
        // At once: the server's next bytes are TLS.
        context?.triggerUserOutboundEvent(start, promise: nil)
      } else {
        end(.success(.answer(answer)))
      }
    } catch {
      lose(.ldap(error))
    }
  }

  private func write(_ bytes: [UInt8]) {
    guard let context else { return }
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  // MARK: The channel's events

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard loss == nil else { return }
    session.receive(unwrapInboundIn(data).readableBytesView)
    takeAnswer()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details):
      isJudged = details.wasAskedForCertificate
      end(.success(.encrypted(details)))
    case TLSHandler.Outcome.failed(let failure): lose(.handshake(failure))
    case ChannelEvent.inputClosed: lose(.endOfFile)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let error as IOError: lose(.system(error.errnoCode))
    case let error as TLSFailure: lose(.tls(error))
    default: lose(.system(ECONNABORTED))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    lose(.endOfFile)
    timer.cancel()
    context.fireChannelInactive()
  }
}
