public import Addresses
public import Foundation
import NIOCore
public import PKI
import Resolver
import TLS
public import Transport

/// Looks at the certificates that services show, as an outside client that trusts nobody yet.
public struct ChainViewer: Sendable {
  /// The address from which it comes, in the appliance's world; nil for the system's choice.
  public var source: IPv4Address?
  private let dialer: Dialer
  private let patience = Duration.seconds(30)

  /// Makes a viewer.
  public init(from source: IPv4Address?, over dialer: Dialer) {
    self.source = source
    self.dialer = dialer
  }

  /// The certificates of a mail server, behind STARTTLS.
  ///
  /// - Returns: what it sends, its own first.
  /// - Throws: `PeerError` with a sentence when it shows none.
  public func certificates(ofMailServer address: IPv4Address, port: Int, at now: Date)
    async throws -> [Certificate]
  {
    var sender = PeerSender(
      source: source, helo: source.map { "[\($0)]" } ?? "localhost",
      tls: SenderTLS(demand: .required))
    sender.patience = patience
    let delivery = try await sender.look(at: address, port: port, over: dialer, now: now)
    guard !delivery.certificates.isEmpty else { throw PeerError("\(delivery.outcome)") }
    return delivery.certificates
  }

  /// The certificates of a service that speaks TLS from the first byte.
  ///
  /// - Returns: what it sends, its own first.
  /// - Throws: `PeerError` with a sentence when it shows none.
  public func certificates(ofTLSServer address: IPv4Address, port: Int, at now: Date)
    async throws -> [Certificate]
  {
    guard let start = try await SenderTLS(demand: .required).start(at: now) else { return [] }
    let views = AsyncStream<Result<[Certificate], PeerError>>.makeStream()
    do {
      let patience = patience
      _ = try await dialer.connect(
        to: address, port: port, from: source, within: patience, tls: start
      ) { channel in
        try channel.pipeline.syncOperations.addHandler(
          ViewHandler(eventLoop: channel.eventLoop, patience: patience) {
            views.continuation.yield($0)
            views.continuation.finish()
          })
      }
    } catch {
      throw PeerError(PeerSender.sentence(error))
    }
    for await view in views.stream { return try view.get() }
    throw PeerError("The connection was lost.")
  }
}

/// Waits for the end of a handshake, and hangs up.
private final class ViewHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private var report: ((Result<[Certificate], PeerError>) -> Void)?
  private let timer: ConnectionTimer
  private let patience: Duration

  init(
    eventLoop: any EventLoop, patience: Duration,
    report: @escaping (Result<[Certificate], PeerError>) -> Void
  ) {
    self.report = report
    self.patience = patience
    timer = ConnectionTimer(eventLoop: eventLoop)
  }

  func channelActive(context: ChannelHandlerContext) {
    timer.expect(within: patience) {
      self.end(.failure(PeerError("The server is silent.")), context)
    }
    context.fireChannelActive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSHandler.Outcome.established(let details):
      end(.success(details.peerCertificates.all), context)
    case TLSHandler.Outcome.failed(let failure):
      end(.failure(PeerError(SenderHandler.sentence(failure))), context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer.cancel()
    end(.failure(PeerError("The server ended the connection.")), context)
    context.fireChannelInactive()
  }

  /// The first report counts.
  private func end(
    _ result: Result<[Certificate], PeerError>, _ context: ChannelHandlerContext
  ) {
    report?(result)
    report = nil
    context.close(promise: nil)
  }
}
