import Addresses
public import Foundation
public import NIOCore
import NIOHTTP1
public import PKI
public import Resolver
import TLS
import Transport

/// A remote server of the lab that behaves in a chosen way.
public final class Peer: Sendable {
  /// The host's name.
  public let name: String
  /// How it behaves.
  public let behaviour: Behaviour
  /// Where it really listens.
  public let endpoint: Endpoint
  /// What it shows in TLS; nil for a peer without TLS.
  public let certificate: Certificate?
  /// What it received.
  public let mailbox: Mailbox
  private let sockets: SocketSet
  private let connections: OpenChannels

  /// What a peer shows of itself in TLS, and what stands behind it.
  public struct Credentials: Sendable {
    /// The authority that certifies it, and that its clients must come from where it asks.
    public var authority: Authority
    /// The key kept for the host.
    public var key: PrivateKey

    /// Makes credentials.
    public init(authority: Authority, key: PrivateKey) {
      self.authority = authority
      self.key = key
    }
  }

  /// Starts a peer and returns when it listens.
  ///
  /// - Parameters:
  ///   - name: the host's name, in its banner and on its certificate.
  ///   - behaviour: how it behaves.
  ///   - endpoint: where it really listens.
  ///   - credentials: what TLS needs; nil for a peer without TLS.
  ///   - mailbox: where messages are kept.
  ///   - map: tells the address of a client in the appliance's world.
  ///   - group: the loops on which connections live.
  ///   - calendar: the present, for the dates of certificates and messages.
  /// - Throws: `PeerError` when it cannot listen, or has no credentials and needs them.
  public static func start(
    name: String, behaviour: Behaviour, at endpoint: Endpoint, credentials: Credentials?,
    mailbox: Mailbox, map: AddressMap = .real, group: any EventLoopGroup,
    calendar: @escaping @Sendable () -> Date = { Date() }
  ) async throws -> Peer {
    let host = PeerHost(
      name: name, behaviour: behaviour,
      context: try await behaviour.context(for: name, credentials, at: calendar()),
      mailbox: mailbox, calendar: calendar)
    let connections = OpenChannels()
    let sockets = SocketSet(group: group) { _, channel in
      let client = channel.remoteAddress?.ipv4Address ?? .loopback
      guard
        connections.insert(
          channel, as: "\(client)", limit: PeerLimits.connections,
          labelLimit: PeerLimits.connectionsOfOneAddress)
      else { return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel) }
      return channel.eventLoop.makeCompletedFuture {
        try host.serve(map.address(ofPeer: client), on: channel)
      }
    }
    await sockets.update(
      to: [endpoint: SocketSet.Service(name: "The peer \(name)", backlog: 50)])
    if let trouble = await sockets.troubles.first {
      await sockets.close()
      throw PeerError(trouble)
    }
    return Peer(host, endpoint, sockets, connections)
  }

  private init(
    _ host: PeerHost, _ endpoint: Endpoint, _ sockets: SocketSet, _ connections: OpenChannels
  ) {
    name = host.name
    behaviour = host.behaviour
    certificate = host.context?.certificate
    mailbox = host.mailbox
    self.endpoint = endpoint
    self.sockets = sockets
    self.connections = connections
  }

  /// Closes its socket and its connections.
  public func stop() async {
    await sockets.close()
    await connections.end()
  }
}

/// What a peer's connections have in common.
struct PeerHost: Sendable {
  let name: String
  let behaviour: Behaviour
  /// Nil for a peer without TLS.
  let context: TLSContext?
  let mailbox: Mailbox
  let greylist = Greylist()
  let memory = PeerMemory()
  let calendar: @Sendable () -> Date

  /// Makes the pipeline of a client's connection.
  ///
  /// - Parameter client: its address in the appliance's world.
  func serve(_ client: IPv4Address, on channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    switch behaviour.application {
    case .mail:
      try pipeline.addHandlers(
        TLSHandler(), PeerHandler(host: self, client: client, eventLoop: channel.eventLoop))
    case .web:
      try pipeline.addHandler(
        TLSHandler(start: context.map { TLSHandler.Start(context: $0, time: calendar()) }))
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(
        WebPeerHandler(host: self, client: client, eventLoop: channel.eventLoop))
    }
  }
}

extension Behaviour {
  /// Builds what handshakes need, away from event loops; nil when there will be none.
  @concurrent
  fileprivate func context(for host: String, _ credentials: Peer.Credentials?, at now: Date)
    async throws -> TLSContext?
  {
    guard startTLS == .works else { return nil }
    guard let credentials else { throw PeerError("A peer with TLS needs an authority.") }
    let authority = credentials.authority
    return try TLSContext(
      role: .server,
      TLSContext.Settings(
        identity: try await authority.identity(
          presentation, host: host, key: credentials.key, at: now),
        minimum: versions.lowerBound, maximum: versions.upperBound, ciphers: ciphers,
        verification: demandsCertificate ? .required : .none,
        anchors: demandsCertificate ? try TrustAnchors([authority.root.certificate]) : nil))
  }
}
