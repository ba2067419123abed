public import Addresses
public import Foundation
import NIOCore
public import PKI
import Resolver
public import SMTP
import TLS
public import Transport

/// A sending mail server of the lab: it comes from a chosen address, says a chosen name, and
/// demands what it is told of TLS.
public struct PeerSender: Sendable {
  /// The address from which it comes, in the appliance's world; nil for the system's choice.
  public var source: IPv4Address?
  /// What it calls itself.
  public var helo: String
  /// What it demands of TLS, and shows of itself.
  public var tls: SenderTLS
  /// How long the server may be silent.
  public var patience = Duration.seconds(30)

  /// Makes a sender.
  public init(source: IPv4Address? = nil, helo: String, tls: SenderTLS = SenderTLS()) {
    self.source = source
    self.helo = helo
    self.tls = tls
  }

  /// Sends a message over a connection of its own.
  ///
  /// - Parameters:
  ///   - message: what is sent.
  ///   - address: the server's address in the appliance's world.
  ///   - port: its port there.
  ///   - dialer: opens the connection.
  ///   - now: the present, for the dates of certificates.
  /// - Returns: what was said and what came of it.
  /// - Throws: `TLSContextError` or `PeerError` when the demands of TLS make no sense.
  public func send(
    _ message: SentMessage, to address: IPv4Address, port: Int, over dialer: Dialer,
    at now: Date = Date()
  ) async throws -> Delivery {
    try await converse(message, address, port, dialer, now)
  }

  /// Connects as far as a message could be sent, and says goodbye.
  ///
  /// - Parameters: as for `send`.
  /// - Returns: what was said, and the certificates that the server showed.
  /// - Throws: as `send`.
  public func look(
    at address: IPv4Address, port: Int, over dialer: Dialer, now: Date = Date()
  ) async throws -> Delivery {
    try await converse(nil, address, port, dialer, now)
  }

  private func converse(
    _ message: SentMessage?, _ address: IPv4Address, _ port: Int, _ dialer: Dialer, _ now: Date
  ) async throws -> Delivery {
    let start = try await tls.start(at: now)
    let from = source.map { " from \($0)" } ?? ""
    let greeting = "=== Connecting to \(address) port \(port)\(from)"
    let reports = AsyncStream<Delivery>.makeStream()
    do {
      let (sender, patience) = (self, patience)
      _ = try await dialer.connect(to: address, port: port, from: source, within: patience) {
        channel in
        let handler = SenderHandler(
          sender, message, start, greeting: greeting, eventLoop: channel.eventLoop
        ) { report in
          reports.continuation.yield(report)
          reports.continuation.finish()
        }
        try channel.pipeline.syncOperations.addHandler(handler)
      }
    } catch {
      let outcome = Delivery.Outcome.failed(Self.sentence(error))
      return Delivery(conversation: [greeting, "=== \(outcome)"], outcome: outcome)
    }
    for await report in reports.stream { return report }
    throw PeerError("The connection was lost.")
  }

  /// What came of a message.
  public struct Delivery: Hashable, Sendable {
    /// How it ended.
    public enum Outcome: Hashable, Sendable, CustomStringConvertible {
      /// The server has taken the message for all recipients.
      case accepted(Reply)
      /// The server has refused the message, or one of its recipients.
      case refused(Reply)
      /// The server would take a message; there was none.
      case introduced
      /// It did not come to that, for the reason in this sentence.
      case failed(String)

      /// The outcome in a line.
      public var description: String {
        switch self {
        case .accepted(let reply): "Accepted: \(reply)"
        case .refused(let reply): "Refused: \(reply)"
        case .introduced: "Introduced"
        case .failed(let sentence): "Failed: \(sentence)"
        }
      }
    }

    /// What was said, a line each: `-->` sent, `<--` received, `~~>` and `<~~` under TLS, `===` for
    /// what happened besides.
    public let conversation: [String]
    /// How it ended.
    public let outcome: Outcome
    /// The certificates that the server sent, its own first; none without TLS.
    public var certificates: [Certificate] = []
  }

  static func sentence(_ failure: Dialer.Failure) -> String {
    switch failure {
    case .system(let code): "No connection: \(String(cString: strerror(code)))."
    case .noAddress(let host): "\(host) has no address."
    case .lookup(let failure): failure.description
    }
  }
}
