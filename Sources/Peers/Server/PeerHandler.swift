import Addresses
import Foundation
import NIOCore
import PKI
import Resolver
import SMTP
import TLS
import Transport

/// One connection to a peer: carries bytes between the channel and the session, in the behaviour's
/// pace.
final class PeerHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// For how long a client may be silent; RFC 5321 §4.5.3.2.7.
  private static let patience = Duration.seconds(300)

  private let host: PeerHost
  private var session: PeerSession
  private let client: IPv4Address
  private var encryption: ReceivedMessage.Encryption?
  /// A step is under way; the next one waits.
  private var isBusy = false
  /// The client sends nothing more, but may still read.
  private var isInputClosed = false
  /// The last word was said; what still comes is thrown away.
  private var hasEnded = false
  /// A read that waits until there is use for more bytes.
  private var holdsRead = false
  /// How many of the client's bytes are counted.
  private var held = 0
  private let timer: ConnectionTimer

  /// - Parameter client: the client's address in the appliance's world.
  init(host: PeerHost, client: IPv4Address, eventLoop: any EventLoop) {
    self.host = host
    self.client = client
    timer = ConnectionTimer(eventLoop: eventLoop)
    session = PeerSession(
      behaviour: host.behaviour, hostName: host.name, client: "\(client)", greylist: host.greylist)
  }

  // MARK: The channel's events

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    timer.expect(within: Self.patience) { context.close(promise: nil) }
    run(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasEnded else { return }
    session.receive(unwrapInboundIn(data).readableBytesView)
    run(context)
  }

  /// A client is not listened to during a step, and while it does not fetch its replies.
  func read(context: ChannelHandlerContext) {
    if wantsMore(context) {
      context.read()
    } else {
      holdsRead = true
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    resumeReading(context)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details):
      encryption = ReceivedMessage.Encryption(details)
      session.tlsEstablished()
      run(context)
    case TLSHandler.Outcome.failed: end(context)
    case ChannelEvent.inputClosed:
      isInputClosed = true
      // Who never says a word does not say goodbye either.
      if host.behaviour.pace == .silent { context.close(promise: nil) } else { run(context) }
    case is OpenChannels.Quiesce: context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer.cancel()
    isBusy = true
    _ = host.memory.change(by: -held)
    held = 0
    hasEnded = true
    context.fireChannelInactive()
  }

  // MARK: Steps

  private func run(_ context: ChannelHandlerContext) {
    while !isBusy, let step = session.next() {
      timer.restart(Self.patience)
      perform(step, context)
    }
    guard !hasEnded else { return }
    // Of a message every piece is a sign of life, of commands only whole ones.
    if session.isReceivingMessage { timer.restart(Self.patience) }
    let difference = session.heldByteCount - held
    held += difference
    let isTooMuch = !host.memory.change(by: difference)
    // Whoever adds nothing goes on.
    if isTooMuch, difference > 0 { return giveUp(context) }
    // All that came is answered.
    if !isBusy, isInputClosed { end(context) } else { resumeReading(context) }
  }

  private func wantsMore(_ context: ChannelHandlerContext) -> Bool {
    hasEnded || !isBusy && context.channel.isWritable
  }

  private func resumeReading(_ context: ChannelHandlerContext) {
    guard holdsRead, wantsMore(context) else { return }
    holdsRead = false
    context.read()
  }

  /// There is no room for what the client sends.
  private func giveUp(_ context: ChannelHandlerContext) {
    let reply = Reply(421, "4.3.1 Too much mail at a time, try again later")
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(string: reply.wire)), promise: nil)
    end(context)
  }

  private func perform(_ step: PeerSession.Step, _ context: ChannelHandlerContext) {
    switch step {
    case .reply(let reply): say(reply, context)
    case .startTLS:
      guard let tls = host.context else { return end(context) }
      context.triggerUserOutboundEvent(
        TLSHandler.Start(context: tls, time: host.calendar()), promise: nil)
    case .store(let message): store(message, context)
    case .finishWriting: context.close(mode: .output, promise: nil)
    case .end: end(context)
    case .reset: reset(context)
    }
  }

  private func say(_ reply: Reply, _ context: ChannelHandlerContext) {
    let bytes = context.channel.allocator.buffer(string: reply.wire)
    switch host.behaviour.pace {
    case .prompt: context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    case .delayed(let time):
      wait(time, context) {
        context.writeAndFlush(self.wrapOutboundOut(bytes), promise: nil)
        self.goOn(context)
      }
    case .trickling(let time):
      isBusy = true
      trickle(bytes, time, context)
    case .silent: isBusy = true
    }
  }

  /// Sends a byte, and the rest of them after a while.
  private func trickle(_ bytes: ByteBuffer, _ time: Duration, _ context: ChannelHandlerContext) {
    var rest = bytes
    guard let byte = rest.readSlice(length: 1) else { return goOn(context) }
    wait(time, context) {
      context.writeAndFlush(self.wrapOutboundOut(byte), promise: nil)
      self.trickle(rest, time, context)
    }
  }

  private func wait(
    _ time: Duration, _ context: ChannelHandlerContext, then body: @escaping () -> Void
  ) {
    isBusy = true
    context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
      if context.channel.isActive { body() }
    }
  }

  private func goOn(_ context: ChannelHandlerContext) {
    isBusy = false
    timer.restart(Self.patience)
    run(context)
  }

  private func store(_ message: PeerSession.Message, _ context: ChannelHandlerContext) {
    isBusy = true
    let received = ReceivedMessage(
      peer: host.name, behaviour: host.behaviour.name, time: host.calendar(),
      client: "\(client)", helo: message.helo, encryption: encryption, sender: message.sender,
      recipients: message.recipients, content: message.content)
    let mailbox = host.mailbox
    context.eventLoop.makeFutureWithTask { try await mailbox.store(received) }
      .assumeIsolated().whenComplete { result in
        switch result {
        case .success(let name): self.session.stored(as: name)
        case .failure: self.session.storingFailed()
        }
        self.goOn(context)
      }
  }

  // MARK: The end

  private func end(_ context: ChannelHandlerContext) {
    isBusy = true
    hasEnded = true
    resumeReading(context)
    context.hangUp(isInputClosed: isInputClosed, timer, moment: .seconds(5))
  }

  private func reset(_ context: ChannelHandlerContext) {
    isBusy = true
    context.reset()
  }
}
