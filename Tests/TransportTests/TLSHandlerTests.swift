import Foundation
import NIOCore
import NIOPosix
import PKI
import TLS
import TestSupport
import Testing
@testable import Transport

/// What needs no engine around it: a client and a server channel on one loop.
@Suite struct TLSHandlerTests {
  /// Sends back what comes, and notes the outcome.
  private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let outcome: EventLoopPromise<TLSHandler.Details>

    init(_ outcome: EventLoopPromise<TLSHandler.Details>) { self.outcome = outcome }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      context.writeAndFlush(wrapOutboundOut(unwrapInboundIn(data)), promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      switch event {
      case TLSHandler.Outcome.established(let details): outcome.succeed(details)
      case TLSHandler.Outcome.failed(let failure):
        outcome.fail(failure)
        context.close(promise: nil)
      default: break
      }
    }
  }

  /// Collects what comes until the other side ends.
  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private var all = ByteBuffer()
    private let wanted: Int
    private let done: EventLoopPromise<Int>
    private let start: (ChannelHandlerContext) -> Void

    init(
      _ wanted: Int, _ done: EventLoopPromise<Int>,
      _ start: @escaping (ChannelHandlerContext) -> Void
    ) {
      self.wanted = wanted
      self.done = done
      self.start = start
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case TLSHandler.Outcome.established = event { start(context) }
      if case TLSHandler.Outcome.failed(let failure) = event { done.fail(failure) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      var bytes = unwrapInboundIn(data)
      all.writeBuffer(&bytes)
      if all.readableBytes >= wanted { done.succeed(all.readableBytes) }
    }

    func channelInactive(context: ChannelHandlerContext) { done.succeed(all.readableBytes) }
  }

  /// A server with a certificate, and a client that speaks TLS 1.3 and takes any.
  private func contexts() async throws -> (server: TLSContext, client: TLSContext) {
    let pool = try await CertificatePool.shared
    let identity = TLSIdentity(
      certificate: try pool.certificate("server.example", key: pool.p256Keys[0]),
      intermediates: [], key: pool.p256Keys[0])
    return (
      try TLSContext(role: .server, .init(identity: identity, minimum: .tls12, maximum: .tls13)),
      try TLSContext(role: .client, .init(minimum: .tls13, maximum: .tls13))
    )
  }

  @Test func aMegabyteGoesThereAndBack() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let (server, client) = try await contexts()
    let outcome = loop.makePromise(of: TLSHandler.Details.self)
    let done = loop.makePromise(of: Int.self)
    let listening = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            TLSHandler(start: .init(context: server, time: .testMoment)), Echo(outcome))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let address = try #require(listening.localAddress)
    let connected = try await ClientBootstrap(group: group)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            TLSHandler(start: .init(context: client, time: .testMoment)),
            Collector(1 << 20, done) { context in
              let bytes = ByteBuffer(repeating: 7, count: 1 << 20)
              context.writeAndFlush(NIOAny(bytes), promise: nil)
            })
        }
      }
      .connect(to: address).get()
    #expect(try await outcome.futureResult.get().protocolName == "TLSv1.3")
    #expect(try await done.futureResult.get() == 1 << 20)
    try await connected.close()
    try await listening.close()
    try await group.shutdownGracefully()
  }

  @Test func whatComesBehindACloseNotifyIsNotKept() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let (server, client) = try await contexts()
    let kept = group.next().makePromise(of: Int.self)
    let outcome = group.next().makePromise(of: TLSHandler.Outcome.self)
    let listening = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let tls = TLSHandler(start: .init(context: server, time: .testMoment))
          try channel.pipeline.syncOperations.addHandlers(Meter(tls, kept), tls)
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let connected = try await ClientBootstrap(group: group)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            Talkative(), TLSHandler(start: .init(context: client, time: .testMoment)),
            OutcomeTaker(outcome))
        }
      }
      .connect(to: #require(listening.localAddress)).get()
    _ = try await outcome.futureResult.get()
    try await connected.close(mode: .output)
    // At most what came in one read with it.
    #expect(try await kept.futureResult.get() <= 65_536)
    try await connected.close()
    try await listening.close()
    try await group.shutdownGracefully()
  }

  /// Connects to a server of another make and tells how the handshake ended.
  private func outcome(
    of server: OpenSSLServer, _ verification: PeerVerification, dane: DANEParameters? = nil
  ) async throws -> TLSHandler.Outcome {
    let issued = try await IssuedCertificates.shared
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let outcome = group.next().makePromise(of: TLSHandler.Outcome.self)
    let start = try TLSHandler.Start(
      context: TLSContext(
        role: .client,
        .init(
          minimum: .tls12, maximum: .tls13, verification: verification,
          anchors: TrustAnchors([issued.root]))),
      serverName: IssuedCertificates.name, dane: dane, time: .testMoment)
    let channel = try await ClientBootstrap(group: group)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            TLSHandler(start: start), OutcomeTaker(outcome))
        }
      }
      .connect(host: "127.0.0.1", port: server.port).get()
    let result = try await outcome.futureResult.get()
    try? await channel.close()
    try await group.shutdownGracefully()
    return result
  }

  @Test func theDetailsTellWhatIsKnownOfThePeer() async throws {
    let issued = try await IssuedCertificates.shared
    let server = try OpenSSLServer(
      in: issued.folder, "-cert good.pem -key good.key -cert_chain sub.pem")
    defer { server.stop() }
    guard case .established(let details) = try await outcome(of: server, .required) else {
      Issue.record("the handshake failed")
      return
    }
    #expect(details.protocolName == "TLSv1.3")
    #expect(details.verification == .verified)
    #expect(details.peerCertificates.all == [issued[.good].certificate, issued.intermediate])
    #expect(
      details.verifiedCertificates.all == [
        issued[.good].certificate, issued.intermediate, issued.root,
      ])
    #expect(details.daneMatch == nil)
  }

  @Test func aFailureNamesTheFaultOfTheChain() async throws {
    let issued = try await IssuedCertificates.shared
    let server = try OpenSSLServer(
      in: issued.folder, "-cert expired.pem -key expired.key -cert_chain sub.pem")
    defer { server.stop() }
    guard case .failed(.tls(let failure)) = try await outcome(of: server, .required) else {
      Issue.record("the handshake did not fail")
      return
    }
    #expect(failure.reason == .certificateVerifyFailed)
    #expect(failure.verification?.reason == "certificate has expired")
    guard case .established(let details) = try await outcome(of: server, .reported) else {
      Issue.record("the handshake failed")
      return
    }
    #expect(details.verification == failure.verification.map { .failed($0) })
  }

  @Test func daneTakesThePlaceOfAuthorities() async throws {
    let issued = try await IssuedCertificates.shared
    let server = try OpenSSLServer(in: issued.folder, "-cert expired.pem -key expired.key")
    defer { server.stop() }
    let record = DANEParameters.Record(
      usage: 3, selector: 0, matching: 0, data: issued[.expired].certificate.der)
    let dane = DANEParameters(baseDomain: IssuedCertificates.name, records: [record])
    guard case .established(let details) = try await outcome(of: server, .none, dane: dane) else {
      Issue.record("the handshake failed")
      return
    }
    #expect(details.daneMatch == DANEMatch(record: record, depth: 0))
  }
}

/// Hands on how a handshake ended.
private final class OutcomeTaker: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let outcome: EventLoopPromise<TLSHandler.Outcome>

  init(_ outcome: EventLoopPromise<TLSHandler.Outcome>) { self.outcome = outcome }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? TLSHandler.Outcome { outcome.succeed(event) }
  }
}

/// Sends a megabyte in place of ending its direction, behind the close_notify.
private final class Talkative: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  static let count = 1 << 20

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard mode == .output else { return context.close(mode: mode, promise: promise) }
    context.writeAndFlush(NIOAny(ByteBuffer(repeating: 0x17, count: Self.count)), promise: promise)
  }
}

/// Tells how much TLS keeps of what came, once that was as much as a `Talkative` client sends.
private final class Meter: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let tls: TLSHandler
  private let kept: EventLoopPromise<Int>
  private var count = 0

  init(_ tls: TLSHandler, _ kept: EventLoopPromise<Int>) {
    self.tls = tls
    self.kept = kept
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += unwrapInboundIn(data).readableBytes
    context.fireChannelRead(data)
    if count >= Talkative.count { kept.succeed(tls.inputCount) }
  }
}
