import Configuration
import Logs
import NIOCore
import SMTP
import Transport

/// STARTTLS.
extension SMTPServerHandler {
  func startTLS(_ context: ChannelHandlerContext) {
    triedTLS = true
    abandon(.byClient)
    guard let level = decision?.parameters.tls, let tls = listener.contexts[level] else {
      session?.tlsRefused()
      logRefusal(.tlsNotAvailable)
      context.writeAndFlush(wrap(.tlsNotAvailable, context), promise: nil)
      return
    }
    guard services.counts.openTLS(limit: listener.shared.maxTLSConnections) else {
      logRefusal(.tooManyTLSSessions)
      finish(.tooManyTLSSessions, context)
      return
    }
    isTLSCounted = true
    phase = .handshake
    context.writeAndFlush(wrap(.goAheadWithTLS, context), promise: nil)
    context.triggerUserOutboundEvent(
      TLSHandler.Start(context: tls, time: services.calendar()), promise: nil)
    expectWithin(services.limits.handshakeTime, context)
  }

  /// Each connection on which STARTTLS was received has its line (G17).
  private func logRefusal(_ reply: Reply) {
    if let id { services.log.write(MailLogLines.tlsRefused(id, reply)) }
  }

  func established(_ details: TLSHandler.Details, _ context: ChannelHandlerContext) {
    guard phase == .handshake else { return }
    phase = .open
    cipher = details.cipher
    if let id {
      services.log.write(
        MailLogLines.tlsSuccess(id, protocolName: details.protocolName, cipher: details.cipher))
    }
    session?.tlsEstablished()
    expectWithin(listener.idleTime, context)
    pump(context)
  }

  func failed(_ failure: TLSHandler.Failure, _ context: ChannelHandlerContext) {
    guard phase == .handshake else { return }
    if let id {
      services.log.write(
        MailLogLines.tlsFailed(id, failure, inOldForm: listener.release.logsOldOpenSSLErrors))
    }
    end(isLost: true)
    hangUp(context)
  }
}
