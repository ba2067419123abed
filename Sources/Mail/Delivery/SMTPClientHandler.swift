import Glibc
import NIOCore
import SMTP
import TLS
import Transport

/// An outgoing SMTP connection: carries bytes between the channel and the session, and keeps the
/// time.
///
/// One exchange at a time: somebody begins it, and is told once how it ended.
final class SMTPClientHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How an exchange ended.
  enum Answer: Sendable {
    /// The peer is introduced.
    case introduced(ServerExtensions)
    /// The peer refused STARTTLS.
    case startTLSRefused(Reply)
    /// TLS is there.
    case encrypted(TLSHandler.Details)
    /// There was a handshake, and it failed.
    case handshakeFailed(TLSHandler.Failure)
    /// A transaction is over.
    case finished([RecipientReply])
    /// The peer said goodbye.
    case closed
    /// The connection is over.
    case lost(ConnectionLoss)
  }

  /// Content goes out in pieces of so many bytes.
  private static let pieceSize = 65_536

  private let limits: DeliveryLimits
  /// Who writes the conversation down; nil for nobody.
  private let recorder: ConversationRecorder?
  private let timer: ConnectionTimer
  private var context: ChannelHandlerContext?
  private var session: ClientSession
  private var waiting: ((Answer) -> Void)?
  /// An answer for which nobody waits yet: a peer may introduce itself before anybody asks.
  private var early: Answer?
  /// How long the peer may take for what it does at present.
  private var patience: Duration
  /// Why the connection is over, once it is.
  private var loss: ConnectionLoss?
  /// What TLS begins with, from STARTTLS on.
  private var start: TLSHandler.Start?
  private var isShakingHands = false
  private var content: ArraySlice<UInt8> = []
  private var stuffer = DotStuffer()
  private var isSendingContent = false

  init(
    hostName: String, limits: DeliveryLimits, recorder: ConversationRecorder?,
    eventLoop: any EventLoop
  ) {
    session = ClientSession(hostName: hostName)
    self.limits = limits
    self.recorder = recorder
    patience = limits.replyTime
    timer = ConnectionTimer(eventLoop: eventLoop)
  }

  // MARK: Exchanges

  /// Waits for the peer's introduction: banner and EHLO after the connection is made, EHLO alone
  /// after TLS.
  func introduce(_ answer: @escaping (Answer) -> Void) {
    if let early {
      self.early = nil
      answer(early)
      return
    }
    begin(within: limits.replyTime, answer) { session in
      if self.start != nil { session.tlsEstablished() }
    }
  }

  /// Asks for TLS and shakes hands.
  func startTLS(_ start: TLSHandler.Start, _ answer: @escaping (Answer) -> Void) {
    self.start = start
    begin(within: limits.replyTime, answer) { $0.startTLS() }
  }

  /// Sends a message.
  func deliver(
    _ envelope: ClientEnvelope, _ content: [UInt8], _ answer: @escaping (Answer) -> Void
  ) {
    self.content = content[...]
    begin(within: limits.replyTime, answer) { $0.deliver(envelope) }
  }

  /// Tells sender and recipient, and sends no message.
  func rehearse(_ envelope: ClientEnvelope, _ answer: @escaping (Answer) -> Void) {
    begin(within: limits.replyTime, answer) { $0.rehearse(envelope) }
  }

  /// Says goodbye, and closes the connection whatever the peer says.
  func quit(_ answer: @escaping (Answer) -> Void) {
    begin(within: limits.farewellTime, answer) { $0.quit() }
  }

  private func begin(
    within time: Duration, _ answer: @escaping (Answer) -> Void,
    _ decide: (inout ClientSession) -> Void
  ) {
    if let loss {
      answer(.lost(loss))
      return
    }
    waiting = answer
    patience = time
    timer.expect(within: time) { self.lose(.system(ETIMEDOUT)) }
    decide(&session)
    pump()
  }

  /// Tells how the exchange ended.
  private func end(_ answer: Answer) {
    timer.cancel()
    guard let waiting else {
      early = answer
      return
    }
    self.waiting = nil
    waiting(answer)
  }

  private func lose(_ cause: ConnectionLoss.Cause) {
    guard loss == nil else { return }
    // Between transactions the session still knows the replies of the last one.
    let loss =
      waiting == nil
      ? ConnectionLoss(cause: cause)
      : ConnectionLoss(
        cause: cause, replies: session.replies, isOutcomeUnknown: session.isOutcomeUnknown)
    self.loss = loss
    content = []
    end(.lost(loss))
    context?.close(promise: nil)
  }

  // MARK: Steps

  private func pump() {
    while loss == nil, let step = session.next() {
      // Only whole replies count as a sign of life.
      timer.restart(patience)
      take(step)
    }
  }

  private func take(_ step: ClientSession.Step) {
    switch step {
    case .send(let line):
      recorder?.sent(line)
      write(Array(line.utf8))
    case .introduced: end(.introduced(session.extensions))
    case .startTLS: shakeHands()
    case .startTLSRefused(let reply):
      start = nil
      end(.startTLSRefused(reply))
    case .sendContent:
      isSendingContent = true
      stuffer = DotStuffer()
      sendContent()
    case .finished(let replies):
      isSendingContent = false
      content = []
      end(.finished(replies))
      // Of a content that was refused half-way the rest is owed, and would swallow what is said.
      if session.isServerLeaving { lose(.endOfFile) }
    case .failed(let failure): lose(.smtp(failure))
    case .closed:
      end(.closed)
      lose(.endOfFile)
    }
  }

  private func shakeHands() {
    guard let start else { return }
    isShakingHands = true
    timer.expect(within: limits.handshakeTime) { self.failHandshake(.system(ETIMEDOUT)) }
    context?.triggerUserOutboundEvent(start, promise: nil)
  }

  private func failHandshake(_ failure: TLSHandler.Failure) {
    guard isShakingHands else { return }
    isShakingHands = false
    end(.handshakeFailed(failure))
    // The alert, if there is one, stands before this in the channel's output.
    lose(.endOfFile)
  }

  /// Sends as much as the peer takes, and goes on when it takes more.
  private func sendContent() {
    while isSendingContent, let context, context.channel.isWritable {
      let piece = content.prefix(Self.pieceSize)
      content = content.dropFirst(Self.pieceSize)
      patience = limits.blockTime
      timer.restart(patience)
      if content.isEmpty {
        isSendingContent = false
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess { self.contentSent() }
        write(stuffer.encode(piece) + stuffer.end(), promise: sent)
      } else {
        write(stuffer.encode(piece))
      }
    }
  }

  /// The final dot has left: from now on the peer may have the message.
  private func contentSent() {
    guard loss == nil else { return }
    session.contentSent()
    patience = limits.finalReplyTime
    timer.restart(patience)
  }

  private func write(_ bytes: [UInt8], promise: EventLoopPromise<Void>? = nil) {
    guard let context else { return }
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: promise)
  }

  // MARK: The channel's events

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func channelActive(context: ChannelHandlerContext) {
    recorder?.connected()
    context.fireChannelActive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data).readableBytesView
    recorder?.received(bytes)
    session.receive(bytes)
    pump()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    sendContent()
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details):
      guard isShakingHands else { return }
      isShakingHands = false
      recorder?.encrypted()
      end(.encrypted(details))
    case TLSHandler.Outcome.failed(let failure): failHandshake(failure)
    case ChannelEvent.inputClosed: lose(.endOfFile)
    case is OpenChannels.Quiesce: lose(.system(ECONNABORTED))
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let error as IOError: lose(.system(error.errnoCode))
    case let error as TLSFailure: lose(.tls(error))
    default: lose(.other("\(error)"))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    lose(.endOfFile)
    timer.cancel()
    context.fireChannelInactive()
  }
}
