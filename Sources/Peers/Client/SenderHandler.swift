import Foundation
import NIOCore
import PKI
import SMTP
import TLS
import Transport

/// One connection of a sender: carries bytes between the channel and the session, decides by the
/// sender's demands, and writes down what is said.
final class SenderHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let sender: PeerSender
  /// Nil for a sender that only looks.
  private let message: SentMessage?
  /// Nil for a sender that sends in clear.
  private let start: TLSHandler.Start?
  private let report: (PeerSender.Delivery) -> Void
  private var session: ClientSession
  private var received = LineBuffer(limit: ReplyParser.lineLimit)
  private var conversation: [String]
  private var outcome: PeerSender.Delivery.Outcome?
  private var isEncrypted = false
  private var certificates: [Certificate] = []
  private let timer: ConnectionTimer

  /// - Parameters:
  ///   - greeting: the first line of the conversation.
  ///   - report: is told once, when the connection has ended.
  init(
    _ sender: PeerSender, _ message: SentMessage?, _ start: TLSHandler.Start?, greeting: String,
    eventLoop: any EventLoop, report: @escaping (PeerSender.Delivery) -> Void
  ) {
    self.sender = sender
    self.message = message
    self.start = start
    self.report = report
    session = ClientSession(hostName: sender.helo)
    conversation = [greeting]
    timer = ConnectionTimer(eventLoop: eventLoop)
  }

  // MARK: The channel's events

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    timer.expect(within: sender.patience) {
      let what = self.received.isInLine ? "does not end its line" : "is silent"
      self.fail("The server \(what).", context)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data).readableBytesView
    received.append(bytes)
    while let line = received.next() {
      // Whole lines alone are signs of life.
      timer.restart(sender.patience)
      note(line, isEncrypted ? "<~~" : "<--")
    }
    session.receive(bytes)
    run(context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details): established(details, context)
    case TLSHandler.Outcome.failed(let failure): fail(Self.sentence(failure), context)
    case ChannelEvent.inputClosed: fail("The server ended the connection.", context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case let error as IOError:
      fail("The connection broke: \(String(cString: strerror(error.errnoCode))).", context)
    case let error as TLSFailure: fail("TLS broke: \(error).", context)
    default: fail("The connection broke: \(error).", context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer.cancel()
    let outcome = outcome ?? .failed("The server ended the connection.")
    note("===", "\(outcome)")
    report(
      PeerSender.Delivery(
        conversation: conversation, outcome: outcome, certificates: certificates))
    context.fireChannelInactive()
  }

  // MARK: The conversation

  private func run(_ context: ChannelHandlerContext) {
    while let step = session.next() { perform(step, context) }
  }

  private func perform(_ step: ClientSession.Step, _ context: ChannelHandlerContext) {
    switch step {
    case .send(let line): say(Array(line.utf8), context)
    case .introduced: introduced()
    case .startTLS:
      guard let start else { return session.quit() }
      context.triggerUserOutboundEvent(start, promise: nil)
    case .startTLSRefused(let reply):
      if sender.tls.allowsClear { deliver() } else { giveUp(.refused(reply)) }
    case .sendContent: sendContent(context)
    case .finished(let replies):
      let refusal = replies.first { $0.reply.code >= 400 }?.reply
      if let refusal {
        giveUp(.refused(refusal))
      } else if let reply = replies.last?.reply {
        giveUp(.accepted(reply))
      }
    case .failed(.unexpected(let reply)):
      outcome = outcome ?? .refused(reply)
      context.close(promise: nil)
    case .failed(.malformed(let what)): fail("The server's words make no sense: \(what).", context)
    case .failed(.gluedBytes):
      fail("Clear bytes stood behind the 220 to STARTTLS.", context)
    case .closed: context.close(promise: nil)
    }
  }

  private func introduced() {
    if start == nil || isEncrypted {
      deliver()
    } else if session.extensions.offersTLS {
      session.startTLS()
    } else if sender.tls.allowsClear {
      deliver()
    } else {
      giveUp(.failed("The server does not offer STARTTLS."))
    }
  }

  private func established(_ details: TLSHandler.Details, _ context: ChannelHandlerContext) {
    isEncrypted = true
    received.removeAll()
    note("===", "TLS \(details.protocolName) cipher \(details.cipher)")
    let chain = details.peerCertificates.all
    certificates = chain
    for (index, certificate) in chain.enumerated() {
      note("===", "Certificate \(index + 1) of \(chain.count): \(certificate.subject)")
    }
    session.tlsEstablished()
    if let objection = sender.tls.objection(to: chain, at: start?.time ?? Date()) {
      giveUp(.failed("The server's certificate does not verify: \(objection)."))
    }
    run(context)
  }

  private func deliver() {
    guard let message else { return giveUp(.introduced) }
    session.deliver(
      ClientEnvelope(
        sender: message.sender, recipients: message.recipients, size: message.content.count,
        isEightBit: message.content.contains { $0 > 127 }))
  }

  private func sendContent(_ context: ChannelHandlerContext) {
    guard let message else { return }
    var stuffer = DotStuffer()
    let bytes = stuffer.encode(message.content) + stuffer.end()
    say(bytes, context)
    session.contentSent()
  }

  private func say(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    var lines = LineBuffer(limit: bytes.count)
    lines.append(bytes)
    while let line = lines.next() { note(line, isEncrypted ? "~~>" : "-->") }
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  private func note(_ line: LineBuffer.Line, _ mark: String) {
    switch line {
    case .text(let bytes): note(mark, String(decoding: bytes, as: UTF8.self))
    case .tooLong: note(mark, "(a line of more than \(received.limit) bytes)")
    }
  }

  private func note(_ mark: String, _ text: String) {
    // A terminal shows what a stranger says, and does not do it.
    conversation.append(text.isEmpty ? mark : "\(mark) \(text.printable(mark: "\u{FFFD}"))")
  }

  // MARK: The end

  /// Ends the conversation with QUIT; the first outcome counts.
  private func giveUp(_ outcome: PeerSender.Delivery.Outcome) {
    self.outcome = self.outcome ?? outcome
    session.quit()
  }

  /// Ends the connection at once; the first outcome counts.
  private func fail(_ sentence: String, _ context: ChannelHandlerContext) {
    outcome = outcome ?? .failed(sentence)
    context.close(promise: nil)
  }

  static func sentence(_ failure: TLSHandler.Failure) -> String {
    switch failure {
    case .tls(let failure):
      "TLS failed: \(failure.verification?.reason ?? failure.description)."
    case .system(let code): "TLS failed: \(String(cString: strerror(code)))."
    }
  }
}
