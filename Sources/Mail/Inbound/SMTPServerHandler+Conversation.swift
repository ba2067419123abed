import NIOCore
import SMTP
import Transport

/// The session's steps.
extension SMTPServerHandler {
  /// Takes steps for as long as the client fetches the replies.
  func pump(_ context: ChannelHandlerContext) {
    // The replies to commands that came together go out together.
    var replies: ByteBuffer?
    func send() {
      guard let whole = replies else { return }
      replies = nil
      context.writeAndFlush(wrapOutboundOut(whole), promise: nil)
    }
    while phase == .open, context.channel.isWritable, let step = session?.next() {
      // Only whole commands count as a sign of life, not single bytes.
      timer.restart(listener.idleTime)
      switch step {
      case .reply(let reply):
        var buffer = replies ?? context.channel.allocator.buffer(capacity: 256)
        replies = nil
        buffer.writeString(reply.wire)
        replies = buffer
        if buffer.readableBytes > 16_384 { send() }
      case .close(let reply):
        send()
        finish(reply, context)
      case .startTLS:
        send()
        startTLS(context)
      case .sender(let sender): begin(from: sender)
      case .recipient(let recipient, let index): add(recipient, index)
      case .rejectedRecipient(let recipient): logRejection(of: recipient)
      case .data:
        // Made before the session is touched: it reads the session.
        let header = receivedHeader
        session?.accept(header: header)
      case .message(let message):
        send()
        take(message, context)
      case .abandoned(let reason): abandon(MailLogLines.AbortReason(reason))
      }
    }
    send()
    rest(context)
  }

  /// Nothing more can be done at present.
  private func rest(_ context: ChannelHandlerContext) {
    if phase == .open, session?.isAsking != true {
      if let farewell {
        finish(farewell, context)
      } else if isInputClosed, context.channel.isWritable {
        // All that came is answered.
        end(isLost: true)
        hangUp(context)
      }
    }
    resumeReading(context)
  }

  /// Ends the connection unless there is a sign of life within the time.
  func expectWithin(_ time: Duration, _ context: ChannelHandlerContext) {
    timer.expect(within: time) { self.finish(.timeExceeded, context) }
  }

  func wrap(_ reply: Reply, _ context: ChannelHandlerContext) -> NIOAny {
    wrapOutboundOut(context.channel.allocator.buffer(string: reply.wire))
  }
}
