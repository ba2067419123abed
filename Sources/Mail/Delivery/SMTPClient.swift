import Addresses
import Glibc
import NIOCore
import SMTP
import Synchronization
import Transport

/// A connection to an SMTP server, for one task at a time.
struct SMTPClient: Sendable {
  /// What became of STARTTLS.
  enum StartTLS: Sendable {
    /// Data may flow, encrypted; call `introduce` or `quit`.
    case encrypted(TLSHandler.Details)
    /// The peer said no; the conversation may go on in clear, unless the reply was 421.
    case refused(Reply)
    /// The handshake failed, and the connection is over.
    case failed(TLSHandler.Failure)
  }

  private let channel: any Channel
  private let handler: NIOLoopBound<SMTPClientHandler>

  /// Connects; nothing has been said yet.
  ///
  /// - Parameters:
  ///   - dialer: opens the connection.
  ///   - address: the peer, in the appliance's world.
  ///   - port: the TCP port there.
  ///   - source: the address to come from; nil for the system's choice.
  ///   - hostName: what this side calls itself in EHLO.
  ///   - limits: how long to wait.
  ///   - connections: where it is kept while it is open.
  ///   - recorder: who writes the conversation down.
  /// - Throws: the system's word.
  init(
    _ dialer: Dialer, to address: IPv4Address, port: Int, from source: IPv4Address?,
    hostName: String, limits: DeliveryLimits, among connections: OpenChannels,
    recorder: ConversationRecorder? = nil
  ) async throws(Dialer.Failure) {
    // The peer may have closed the connection before anybody could look for the handler in it.
    let made = Mutex<NIOLoopBound<SMTPClientHandler>?>(nil)
    channel = try await dialer.connect(
      to: address, port: port, from: source, within: limits.connectTime
    ) { channel in
      connections.insert(channel)
      let handler = SMTPClientHandler(
        hostName: hostName, limits: limits, recorder: recorder, eventLoop: channel.eventLoop)
      made.withLock { $0 = NIOLoopBound(handler, eventLoop: channel.eventLoop) }
      try channel.pipeline.syncOperations.addHandler(handler)
    }
    guard let handler = made.withLock({ $0 }) else { throw .system(ECONNABORTED) }
    self.handler = handler
  }

  /// Waits until the peer has introduced itself, in clear or after the handshake.
  func introduce() async throws(ConnectionLoss) -> ServerExtensions {
    switch await exchange({ $0.introduce($1) }) {
    case .introduced(let extensions): return extensions
    case let answer: throw loss(answer)
    }
  }

  /// Asks for TLS and shakes hands.
  func startTLS(_ start: TLSHandler.Start) async throws(ConnectionLoss) -> StartTLS {
    switch await exchange({ $0.startTLS(start, $1) }) {
    case .encrypted(let details): return .encrypted(details)
    case .startTLSRefused(let reply): return .refused(reply)
    case .handshakeFailed(let failure): return .failed(failure)
    case let answer: throw loss(answer)
    }
  }

  /// Sends a message.
  ///
  /// - Returns: one reply for each recipient, in their order.
  func deliver(_ envelope: ClientEnvelope, content: [UInt8]) async throws(ConnectionLoss)
    -> [RecipientReply]
  {
    switch await exchange({ $0.deliver(envelope, content, $1) }) {
    case .finished(let replies): return replies
    case let answer: throw loss(answer)
    }
  }

  /// Tells sender and recipients, and sends no message.
  ///
  /// - Returns: one reply for each recipient, in their order.
  func rehearse(_ envelope: ClientEnvelope) async throws(ConnectionLoss) -> [RecipientReply] {
    switch await exchange({ $0.rehearse(envelope, $1) }) {
    case .finished(let replies): return replies
    case let answer: throw loss(answer)
    }
  }

  /// Says goodbye and closes the connection; returns when it is closed.
  func quit() async {
    _ = await exchange { $0.quit($1) }
    try? await channel.close()
  }

  private func exchange(
    _ begin:
      @escaping @Sendable (SMTPClientHandler, @escaping (SMTPClientHandler.Answer) -> Void) -> Void
  ) async -> SMTPClientHandler.Answer {
    await withCheckedContinuation { continuation in
      channel.eventLoop.execute {
        begin(handler.value) { continuation.resume(returning: $0) }
      }
    }
  }

  private func loss(_ answer: SMTPClientHandler.Answer) -> ConnectionLoss {
    if case .lost(let loss) = answer { loss } else { ConnectionLoss(cause: .endOfFile) }
  }
}
