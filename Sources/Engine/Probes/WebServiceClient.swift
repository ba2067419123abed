import Addresses
import Control
import Mail
import NIOCore
import NIOHTTP1
import PKI
import ServiceTLS
import TLS
import Transport

/// Sends one request to the web security service over one connection.
struct WebServiceClient: Sendable {
  private static let port = 443
  /// More than `websecurityadvancedconfig` ever grants.
  private static let connectTime = Duration.seconds(60)

  let host: String
  /// Whether the service's certificate must be trusted and bear the host's name.
  let verifies: Bool
  /// What a service that asks for a certificate gets.
  let shown: ShownCertificate?
  let start: TLSHandler.Start
  let dialer: Dialer
  /// From which of the appliance's addresses an address is connected to.
  let source: @Sendable (IPv4Address) -> IPv4Address?

  /// Asks at the first address that can be connected to.
  ///
  /// - Throws: `ProbeFailure` when there is no good answer.
  func ask(
    at addresses: [IPv4Address], _ tell: @escaping @Sendable (WebServiceEvent) async -> Void
  ) async throws {
    let channels = OpenChannels()
    try await withTaskCancellationHandler {
      let (channel, steps) = try await connect(to: addresses, among: channels, tell)
      do {
        try await converse(on: channel, steps, tell)
        try? await channel.close()
      } catch {
        try? await channel.close()
        throw ProbeFailure(error, shown)
      }
    } onCancel: {
      channels.close()
    }
  }

  private func connect(
    to addresses: [IPv4Address], among channels: OpenChannels,
    _ tell: @escaping @Sendable (WebServiceEvent) async -> Void
  ) async throws -> (any Channel, WebServiceHandler.Steps) {
    var failure = Dialer.Failure.noAddress(host)
    for address in addresses {
      try Task.checkCancellation()
      guard let source = source(address) else {
        throw ProbeFailure("no interface has an IPv4 address to connect from")
      }
      await tell(.connecting(host: host, address: "\(address)", port: Self.port))
      let (steps, continuation) = WebServiceHandler.Steps.makeStream()
      do throws(Dialer.Failure) {
        let channel = try await dialer.connect(
          to: address, port: Self.port, from: source, within: Self.connectTime, tls: start
        ) { channel in
          channels.insert(channel)
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(WebServiceHandler(continuation))
        }
        await tell(.connected(source: "\(source)"))
        return (channel, steps)
      } catch {
        failure = error
      }
    }
    throw ProbeFailure(failure)
  }

  private func converse(
    on channel: any Channel, _ steps: WebServiceHandler.Steps,
    _ tell: @escaping @Sendable (WebServiceEvent) async -> Void
  ) async throws {
    for try await step in steps {
      switch step {
      case .established(let details):
        await tell(.encrypted(protocolName: details.protocolName, cipher: details.cipher))
        if verifies { try check(details.peerCertificates.all.first) }
        await tell(.serverCertificate(isVerified: verifies))
        await tell(.clientCertificate(isWanted: details.wasAskedForCertificate, shown: shown))
        // A connection that has broken meanwhile tells why at the next step.
        try? await request(on: channel)
      case .answered(let head):
        // The usual phrase, not the service's own: a stranger's words may act on a terminal.
        let phrase = HTTPResponseStatus(statusCode: Int(head.status.code)).reasonPhrase
        await tell(.answered("\(head.status.code)\(phrase.isEmpty ? "" : " ")\(phrase)"))
        guard 200..<300 ~= head.status.code else { throw ProbeFailure("that is no good answer") }
        return
      }
    }
    throw ProbeFailure("it closed the connection without an answer")
  }

  /// The chain was looked at in the handshake; the names come after it (RFC 6125 section 6).
  private func check(_ certificate: Certificate?) throws(ProbeFailure) {
    let names = PeerNames(domain: host, host: host)
    guard let certificate, NameRules.hosted.match(certificate, names) != nil else {
      throw ProbeFailure("its certificate is for \(certificate?.commonName ?? "nobody")")
    }
  }

  private func request(on channel: any Channel) async throws {
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "/",
      headers: HTTPHeaders([("Host", host), ("User-Agent", "esash"), ("Connection", "close")]))
    try await channel.eventLoop.flatSubmit {
      channel.write(HTTPClientRequestPart.head(head), promise: nil)
      return channel.writeAndFlush(HTTPClientRequestPart.end(nil))
    }.get()
  }
}

extension ProbeFailure {
  /// What an error on a connection to the service means.
  fileprivate init(_ error: any Error, _ shown: ShownCertificate?) {
    switch error {
    case let failure as ProbeFailure: self = failure
    case TLSHandler.Failure.tls(let failure): self.init(failure, shown)
    case let failure as TLSHandler.Failure: self.init(failure)
    default: self.init("\(error)")
    }
  }

  private init(_ failure: TLSFailure, _ shown: ShownCertificate?) {
    if let fault = failure.verification {
      self.init("its certificate is not trusted (\(fault.reason))")
    } else if case .library(let error) = failure.kind, failure.isRefusedCertificate {
      self.init(
        shown.map { "it refuses the client certificate \"\($0.profile)\" (\(error.reasonText))" }
          ?? "it demands a client certificate, and none is set (\(error.reasonText))")
    } else {
      self.init(TLSHandler.Failure.tls(failure))
    }
  }
}

extension TLSFailure {
  /// Alerts that a client gets for its certificate, or for having none (RFC 8446 section 6.2).
  private static let certificateAlerts: Set<Int> = [40, 42, 43, 44, 45, 46, 48, 49, 116]

  fileprivate var isRefusedCertificate: Bool {
    guard wasAskedForCertificate, let alert = reason?.receivedAlert else { return false }
    return Self.certificateAlerts.contains(alert)
  }
}
