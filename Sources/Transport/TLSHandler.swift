public import Foundation
public import NIOCore
public import TLS

/// TLS on a channel: it stands first in the pipeline from the start and passes bytes through until
/// it is told to begin.
///
/// `Start`, sent outward behind the last clear bytes, begins a handshake: whatever comes in after
/// it belongs to TLS. How that ends is told inward as an `Outcome`.
public final class TLSHandler: ChannelDuplexHandler {
  /// Bytes from the network.
  public typealias InboundIn = ByteBuffer
  /// Bytes for the protocol.
  public typealias InboundOut = ByteBuffer
  /// Bytes from the protocol.
  public typealias OutboundIn = ByteBuffer
  /// Bytes for the network.
  public typealias OutboundOut = ByteBuffer

  /// Begins a handshake, as an outbound user event.
  public struct Start: Sendable {
    /// The service's context; decides the role.
    public var context: TLSContext
    /// What a client tells in SNI; nil for nothing.
    public var serverName: String?
    /// What a client demands of the server in place of authorities; nil for nothing.
    public var dane: DANEParameters?
    /// The calendar's time, for the dates of the other side's certificates.
    public var time: Date

    /// Makes the event.
    public init(
      context: TLSContext, serverName: String? = nil, dane: DANEParameters? = nil, time: Date
    ) {
      self.context = context
      self.serverName = serverName
      self.dane = dane
      self.time = time
    }
  }

  /// How a handshake ended, as an inbound user event.
  public enum Outcome: Sendable {
    /// Data may flow.
    case established(Details)
    /// It failed; the alert, if there is one, is on its way, and nothing more will come.
    case failed(Failure)
  }

  /// What was negotiated.
  public struct Details: Sendable {
    /// Such as `TLSv1.2`.
    public let protocolName: String
    /// Such as `ECDHE-RSA-AES256-GCM-SHA384`.
    public let cipher: String
    /// The other side's certificates in the order sent, its own first; empty when it sent none.
    public let peerCertificates: PeerCertificates
    /// What is known of them.
    public let verification: TLSConnection.Verification
    /// The chain that verification built; none unless it succeeded.
    public let verifiedCertificates: PeerCertificates
    /// The TLSA record that vouched for the server; nil without DANE.
    public let daneMatch: DANEMatch?
    /// Whether the server has asked this side for a certificate.
    public let wasAskedForCertificate: Bool

    init(_ connection: TLSConnection) {
      protocolName = connection.protocolName
      cipher = connection.cipherName
      peerCertificates = connection.peerCertificates
      verification = connection.verification
      verifiedCertificates = connection.verifiedCertificates
      daneMatch = connection.daneMatch
      wasAskedForCertificate = connection.wasAskedForCertificate
    }
  }

  /// Why a handshake failed.
  public enum Failure: Error, Sendable {
    /// TLS itself.
    case tls(TLSFailure)
    /// The network: an error number of this system.
    case system(Int32)
  }

  private enum State {
    case clear
    case handshaking(TLSConnection)
    case open(TLSConnection)
    case closed
  }

  private var state = State.clear
  /// The other side said, in TLS or without a word, that it sends nothing more.
  private var isInputClosed = false
  private let start: Start?

  /// How many received bytes wait to be decrypted.
  var inputCount: Int {
    switch state {
    case .handshaking(let connection), .open(let connection): connection.inputCount
    case .clear, .closed: 0
    }
  }

  /// Makes a handler.
  ///
  /// - Parameter start: begins a handshake at once, for protocols without a clear beginning.
  public init(start: Start? = nil) { self.start = start }

  /// Begins, on a channel that is connected already.
  public func handlerAdded(context: ChannelHandlerContext) {
    if let start, context.channel.isActive { begin(start, context) }
  }

  /// Begins, if it was told to at its making.
  public func channelActive(context: ChannelHandlerContext) {
    if let start, case .clear = state { begin(start, context) }
    context.fireChannelActive()
  }

  /// Begins when told to; other events pass.
  public func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard let start = event as? Start else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    begin(start, context)
    promise?.succeed()
  }

  /// Passes bytes through, or decrypts them.
  public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch state {
    case .clear:
      context.fireChannelRead(data)
    case .handshaking(let connection):
      unwrapInboundIn(data).withUnsafeReadableBytes { connection.receive($0) }
      shakeHands(connection, context)
    case .open(let connection):
      // What comes behind a close_notify is ignored (RFC 8446 §6.1), and nobody would fetch it.
      guard !isInputClosed else { break }
      unwrapInboundIn(data).withUnsafeReadableBytes { connection.receive($0) }
      decrypt(connection, context)
    case .closed:
      break
    }
  }

  /// Passes bytes through, or encrypts them; there is nothing to send during a handshake.
  public func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    switch state {
    case .clear:
      context.write(data, promise: promise)
    case .open(let connection):
      do {
        try unwrapOutboundIn(data).withUnsafeReadableBytes { try connection.write($0) }
        context.write(wrapOutboundOut(output(of: connection, context)), promise: promise)
      } catch {
        promise?.fail(error)
      }
    case .handshaking, .closed:
      promise?.fail(ChannelError.ioOnClosedChannel)
    }
  }

  /// Says goodbye in TLS before the connection is closed.
  public func close(
    context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    if case .open(let connection) = state, mode != .input {
      connection.shutdown()
      send(connection, context)
      if mode == .all { state = .closed }
    }
    context.close(mode: mode, promise: promise)
  }

  /// Takes the end of the other side's direction for the end of a handshake; otherwise it is told
  /// once, whether it came in TLS or as the connection's own.
  public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case ChannelEvent.inputClosed = event else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    if case .handshaking(let connection) = state {
      fail(.tls(connection.endOfFile()), context)
    }
    closeInput(context)
  }

  /// Tells that a handshake was cut short.
  public func channelInactive(context: ChannelHandlerContext) {
    if case .handshaking(let connection) = state {
      fail(.tls(connection.endOfFile()), context)
    }
    state = .closed
    context.fireChannelInactive()
  }

  /// Turns an error of the network into the failure of a handshake that is going on.
  public func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case .handshaking = state, let error = error as? IOError {
      fail(.system(error.errnoCode), context)
    } else {
      context.fireErrorCaught(error)
    }
  }

  private func begin(_ start: Start, _ context: ChannelHandlerContext) {
    do {
      let connection = try TLSConnection(
        context: start.context, serverName: start.serverName, dane: start.dane,
        verificationTime: start.time)
      state = .handshaking(connection)
      // A client speaks first.
      shakeHands(connection, context)
    } catch {
      state = .closed
      context.fireErrorCaught(error)
    }
  }

  private func shakeHands(_ connection: TLSConnection, _ context: ChannelHandlerContext) {
    switch connection.handshake() {
    case .incomplete:
      send(connection, context)
    case .complete:
      state = .open(connection)
      send(connection, context)
      context.fireUserInboundEventTriggered(Outcome.established(Details(connection)))
      decrypt(connection, context)
    case .failed(let failure):
      send(connection, context)
      fail(.tls(failure), context)
    }
  }

  private func closeInput(_ context: ChannelHandlerContext) {
    guard !isInputClosed else { return }
    isInputClosed = true
    context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
  }

  private func fail(_ failure: Failure, _ context: ChannelHandlerContext) {
    state = .closed
    context.fireUserInboundEventTriggered(Outcome.failed(failure))
  }

  private func decrypt(_ connection: TLSConnection, _ context: ChannelHandlerContext) {
    while case .open = state {
      switch connection.read() {
      case .data(let bytes):
        context.fireChannelRead(wrapInboundOut(context.channel.allocator.buffer(bytes: bytes)))
      case .incomplete:
        send(connection, context)
        return
      case .closed:
        send(connection, context)
        closeInput(context)
        return
      case .failed(let failure):
        send(connection, context)
        state = .closed
        context.fireErrorCaught(failure)
      }
    }
  }

  private func send(_ connection: TLSConnection, _ context: ChannelHandlerContext) {
    guard connection.outputCount > 0 else { return }
    context.writeAndFlush(wrapOutboundOut(output(of: connection, context)), promise: nil)
  }

  private func output(of connection: TLSConnection, _ context: ChannelHandlerContext)
    -> ByteBuffer
  {
    connection.takeOutput { bytes in context.channel.allocator.buffer(bytes: bytes) }
  }
}
