import Configuration
import Glibc
import Logs
import NIOCore
import SMTP
import Transport

/// The end of a connection, in its several ways.
extension SMTPServerHandler {
  /// Sends the last reply and ends the connection; in a handshake, where clear text would only
  /// disturb, it is ended with an error.
  func finish(
    _ reply: Reply, _ context: ChannelHandlerContext, inHandshake error: Int32 = ETIMEDOUT
  ) {
    switch phase {
    case .open where session?.isAsking == true:
      // Whoever is told that his message was not taken, though it was, sends it again.
      farewell = reply
    case .new, .lookUp, .open:
      end(isLost: false)
      context.writeAndFlush(wrap(reply, context), promise: nil)
      hangUp(context)
    case .handshake: failed(.system(error), context)
    case .ended: break
    }
  }

  /// Ends the connection behind what was written.
  ///
  /// The client has a moment to end its own direction, since a socket that is closed with unread
  /// bytes would take the last reply back.
  func hangUp(_ context: ChannelHandlerContext) {
    if isInputClosed {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated()
        .whenComplete { _ in context.close(promise: nil) }
    } else {
      context.close(mode: .output, promise: nil)
    }
    timer.expect(within: services.limits.farewellTime) { context.close(promise: nil) }
  }

  /// Ends it as if nobody had been here.
  func reset(_ context: ChannelHandlerContext) {
    phase = .ended
    let channel = context.channel
    guard let options = channel as? any SocketOptionProvider else {
      context.close(promise: nil)
      return
    }
    options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
      channel.close(promise: nil)
    }
  }

  /// Logs the end, once.
  func end(isLost: Bool) {
    phase = .ended
    abandon(.byClient)
    guard let id else { return }
    self.id = nil
    if session != nil, !triedTLS, decision?.parameters.tls.requiresEncryption == true {
      services.log.write(MailLogLines.tlsRequired(id))
    }
    if isLost { services.log.write(MailLogLines.lost(id)) }
    services.log.write(MailLogLines.close(id))
    session = nil
  }

  func takeOffCounts() {
    if isCounted, let client {
      services.counts.close(listener: listener.name, address: client.address)
    }
    isCounted = false
    if isTLSCounted { services.counts.closeTLS() }
    isTLSCounted = false
  }
}
