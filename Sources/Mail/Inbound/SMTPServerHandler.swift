import Glibc
import NIOCore
import SMTP
import Transport

/// An incoming SMTP connection: carries bytes between the channel and the session, logs, and keeps
/// the time.
///
/// Here are its state and the channel's events; what they lead to stands in the extensions, a file
/// for each part of a connection's life.
final class SMTPServerHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase {
    /// Nothing has been decided.
    case new
    /// Name servers are asked for the client's name.
    case lookUp
    /// Commands are exchanged.
    case open
    case handshake
    /// The last reply is on its way, or the connection is gone.
    case ended
  }

  let listener: ListenerConfiguration
  let services: MailServices
  let timer: ConnectionTimer
  var phase = Phase.new
  var session: ServerSession?
  var client: SenderFacts?
  var decision: AccessTable.Decision?
  var id: InjectionConnectionID?
  /// The message that was begun and is not yet whole.
  var message: MessageID?
  /// Whether the connection is counted.
  var isCounted = false
  var isTLSCounted = false
  var triedTLS = false
  /// The cipher; nil in clear.
  var cipher: String?
  /// The client sends nothing more, but may still read.
  var isInputClosed = false
  /// The last reply, held back until a message that is being put on disk has its own.
  var farewell: Reply?
  /// The question for the client's name; given up when nobody waits for the answer, since there are
  /// only so many at a time.
  var lookUp: Task<Void, Never>?
  /// What came before the banner: a client that has ended its direction is read to its end, however
  /// little it is listened to.
  var early: [ByteBuffer] = []
  /// A read that waits until there is use for more bytes.
  private var holdsRead = false
  /// What is noted of the message that is coming, in bytes.
  private var notedBytes = 0

  init(listener: ListenerConfiguration, services: MailServices, eventLoop: any EventLoop) {
    self.listener = listener
    self.services = services
    timer = ConnectionTimer(eventLoop: eventLoop)
  }

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    begin(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    if phase == .lookUp { early.append(bytes) }
    session?.receive(bytes.readableBytesView)
    // Of a message every piece is a sign of life, of commands only whole ones.
    if session?.isReceivingMessage == true { timer.restart(listener.idleTime) }
    pump(context)
    noteMemory(session?.messageBytes ?? 0)
  }

  /// Has a message dropped for which there is no memory beside those of others.
  private func noteMemory(_ bytes: Int) {
    guard bytes != notedBytes else { return }
    if services.memory.change(from: notedBytes, to: bytes) {
      notedBytes = bytes
    } else {
      session?.dropMessage()
      noteMemory(0)
    }
  }

  func read(context: ChannelHandlerContext) {
    if wantsMore(context) {
      context.read()
    } else {
      holdsRead = true
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    pump(context)
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
    lookUp?.cancel()
    noteMemory(0)
    takeOffCounts()
    context.fireChannelInactive()
  }

  /// Reads what was held back, if there is use for it by now.
  func resumeReading(_ context: ChannelHandlerContext) {
    guard holdsRead, wantsMore(context) else { return }
    holdsRead = false
    context.read()
  }

  /// A client is not listened to before its banner, while it does not fetch its replies, and while
  /// its message is being put on disk.
  private func wantsMore(_ context: ChannelHandlerContext) -> Bool {
    switch phase {
    case .lookUp: false
    case .open: context.channel.isWritable && session?.isAsking != true
    case .new, .handshake, .ended: true
    }
  }
}
