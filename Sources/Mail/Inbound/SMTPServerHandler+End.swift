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
  func hangUp(_ context: ChannelHandlerContext) {
    context.hangUp(
      isInputClosed: isInputClosed, timer, moment: services.limits.farewellTime)
  }

  /// Ends it as if nobody had been here.
  func reset(_ context: ChannelHandlerContext) {
    phase = .ended
    context.reset()
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
