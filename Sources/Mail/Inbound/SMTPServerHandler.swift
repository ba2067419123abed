import Configuration
import Glibc
import Logs
import NIOCore
import Resolver
import SMTP
import TLS
import Transport

/// An incoming SMTP connection: carries bytes between the channel and the session, logs, and keeps
/// the time.
final class SMTPServerHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Phase {
    /// Nothing has been decided.
    case new
    /// Commands are exchanged.
    case open
    case handshake
    /// The last reply is on its way, or the connection is gone.
    case ended
  }

  private let listener: ListenerConfiguration
  private let services: MailServices
  private var phase = Phase.new
  private var session: ServerSession?
  private var decision: AccessTable.Decision?
  private var id: InjectionConnectionID?
  /// The address that is counted; nil once it is not, or was never.
  private var countedAddress: InternetAddress?
  private var isTLSCounted = false
  private var triedTLS = false
  /// A read that waits until the client has fetched its replies.
  private var holdsRead = false
  /// The client sends nothing more, but may still read.
  private var isInputClosed = false
  private let timer: ConnectionTimer

  init(listener: ListenerConfiguration, services: MailServices, eventLoop: any EventLoop) {
    self.listener = listener
    self.services = services
    timer = ConnectionTimer(eventLoop: eventLoop)
  }

  // MARK: The channel's events

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    guard let remote = context.remoteAddress?.internetAddress else {
      context.close(promise: nil)
      return
    }
    let network = listener.network
    let sender = SenderFacts(
      network.map.address(ofPeer: remote), zone: network.zone, reputation: network.reputation)
    let decision = listener.access.decide(sender)
    self.decision = decision
    if decision.behavior == .tcpRefuse {
      services.log.write(MailLogLines.decision(nil, decision, sender))
      reset(context)
      return
    }
    guard let number = services.identifiers.next() else {
      finish(.cannotServe, context)
      return
    }
    let id = InjectionConnectionID(number: number)
    self.id = id
    services.log.write(
      MailLogLines.newConnection(
        id, interface: listener.interface, address: listener.address, sender: sender))
    services.log.write(MailLogLines.decision(id, decision, sender))
    open(sender, decision, context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    session?.receive(unwrapInboundIn(data).readableBytesView)
    pump(context)
  }

  func read(context: ChannelHandlerContext) {
    // A client that does not fetch its replies is not listened to.
    if context.channel.isWritable || phase != .open {
      context.read()
    } else {
      holdsRead = true
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    pump(context)
    if holdsRead, context.channel.isWritable {
      holdsRead = false
      context.read()
    }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details): established(details, context)
    case TLSHandler.Outcome.failed(let failure): failed(failure, context)
    case ChannelEvent.inputClosed:
      isInputClosed = true
      pump(context)
    case is OpenChannels.Quiesce:
      finish(
        .shuttingDown(hostName: listener.hostName), context, inHandshake: ECONNABORTED)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(isLost: true)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(isLost: true)
    timer.cancel()
    if let countedAddress {
      services.counts.close(listener: listener.name, address: countedAddress)
    }
    countedAddress = nil
    if isTLSCounted { services.counts.closeTLS() }
    isTLSCounted = false
    context.fireChannelInactive()
  }

  // MARK: The conversation

  private func open(
    _ sender: SenderFacts, _ decision: AccessTable.Decision, _ context: ChannelHandlerContext
  ) {
    let policy = decision.parameters
    let hostName = policy.bannerHostName.isEmpty ? listener.hostName : policy.bannerHostName
    if decision.behavior == .reject {
      finish(.refusal(hostName: hostName, text: policy.rejectBanner), context)
      return
    }
    let refusal = services.counts.open(
      listener: listener.name, address: sender.address, perHost: policy.maxConnectionsPerHost,
      perListener: listener.maxConnections, inAll: services.limits.connections)
    if let refusal {
      finish(refusal, context)
      return
    }
    countedAddress = sender.address
    phase = .open
    session = ServerSession(
      settings: ServerSettings(
        hostName: hostName, banner: policy.acceptBanner, maximumSize: policy.maxMessageSize,
        startTLS: policy.tls.requiresEncryption
          ? .required : policy.tls.offersEncryption ? .offered : .off,
        sendersRequiringTLS: policy.tls == .preferred ? policy.tlsAddressList : []))
    timer.limit(to: services.limits.connectionTime)
    expectWithin(services.limits.idleTime, context)
    pump(context)
  }

  /// Takes steps for as long as the client fetches the replies.
  private func pump(_ context: ChannelHandlerContext) {
    // The replies to commands that came together go out together.
    var replies = context.channel.allocator.buffer(capacity: 512)
    func send() {
      guard replies.readableBytes > 0 else { return }
      context.writeAndFlush(wrapOutboundOut(replies), promise: nil)
      replies = context.channel.allocator.buffer(capacity: 512)
    }
    while phase == .open, context.channel.isWritable, let step = session?.next() {
      // Only whole commands count as a sign of life, not single bytes.
      timer.restart(services.limits.idleTime)
      switch step {
      case .reply(let reply):
        replies.writeString(reply.wire)
        if replies.readableBytes > 16_384 { send() }
      case .close(let reply):
        send()
        finish(reply, context)
      case .startTLS:
        send()
        startTLS(context)
      }
    }
    send()
    if isInputClosed, phase == .open, context.channel.isWritable {
      // All that came is answered.
      end(isLost: true)
      hangUp(context)
    }
  }

  private func startTLS(_ context: ChannelHandlerContext) {
    guard let level = decision?.parameters.tls, let tls = listener.contexts[level] else {
      session?.tlsRefused()
      context.writeAndFlush(wrap(.tlsNotAvailable, context), promise: nil)
      return
    }
    guard services.counts.openTLS(limit: services.limits.tlsConnections) else {
      finish(.tooManyTLSSessions, context)
      return
    }
    isTLSCounted = true
    triedTLS = true
    phase = .handshake
    context.writeAndFlush(wrap(.goAheadWithTLS, context), promise: nil)
    context.triggerUserOutboundEvent(
      TLSHandler.Start(context: tls, time: services.calendar()), promise: nil)
    expectWithin(services.limits.handshakeTime, context)
  }

  private func established(_ details: TLSHandler.Details, _ context: ChannelHandlerContext) {
    guard phase == .handshake else { return }
    phase = .open
    if let id {
      services.log.write(
        MailLogLines.tlsSuccess(id, protocolName: details.protocolName, cipher: details.cipher))
    }
    session?.tlsEstablished()
    expectWithin(services.limits.idleTime, context)
    pump(context)
  }

  private func failed(_ failure: TLSHandler.Failure, _ context: ChannelHandlerContext) {
    guard phase == .handshake else { return }
    if let id {
      services.log.write(
        MailLogLines.tlsFailed(id, failure, inOldForm: listener.logsOldErrors))
    }
    end(isLost: true)
    hangUp(context)
  }

  // MARK: The end

  /// Sends the last reply and ends the connection; in a handshake, where clear text would only
  /// disturb, it is ended with an error.
  private func finish(
    _ reply: Reply, _ context: ChannelHandlerContext, inHandshake error: Int32 = ETIMEDOUT
  ) {
    switch phase {
    case .new, .open:
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
  private func hangUp(_ context: ChannelHandlerContext) {
    if isInputClosed {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated()
        .whenComplete { _ in context.close(promise: nil) }
    } else {
      context.close(mode: .output, promise: nil)
    }
    timer.expect(within: services.limits.farewellTime) { context.close(promise: nil) }
  }

  /// Ends it as if nobody had been here.
  private func reset(_ context: ChannelHandlerContext) {
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
  private func end(isLost: Bool) {
    phase = .ended
    guard let id else { return }
    self.id = nil
    if session != nil, !triedTLS, decision?.parameters.tls.requiresEncryption == true {
      services.log.write(MailLogLines.tlsRequired(id))
    }
    if isLost { services.log.write(MailLogLines.lost(id)) }
    services.log.write(MailLogLines.close(id))
    session = nil
  }

  // MARK: The time

  private func expectWithin(_ time: Duration, _ context: ChannelHandlerContext) {
    timer.expect(within: time) { self.finish(.timeExceeded, context) }
  }

  private func wrap(_ reply: Reply, _ context: ChannelHandlerContext) -> NIOAny {
    wrapOutboundOut(context.channel.allocator.buffer(string: reply.wire))
  }
}
