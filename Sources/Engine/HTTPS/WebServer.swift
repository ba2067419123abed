import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Resolver
import Synchronization
import Transport

/// HTTPS of the interfaces.
final class WebServer: Sendable {
  private let state: WebState
  private let sockets: SocketSet

  init(
    group: any EventLoopGroup, limits: WebLimits, calendar: @escaping @Sendable () -> Date
  ) {
    let state = WebState(limits: limits, calendar: calendar)
    self.state = state
    sockets = SocketSet(group: group) { endpoint, channel in state.accept(endpoint, channel) }
  }

  /// Serves a configuration: every connection opened after the return is served by it.
  func apply(_ configuration: WebConfiguration) async {
    state.set(configuration)
    await sockets.update(
      to: Dictionary(
        configuration.sites.map { site in
          (
            site.endpoint,
            SocketSet.Service(name: "HTTPS of the interface \"\(site.interface)\"", backlog: 50)
          )
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// A sentence for each thing that is not served as it should be.
  var troubles: [String] {
    get async { state.configuration.troubles + (await sockets.troubles) }
  }

  /// Closes the sockets and all connections.
  func shutDown() async {
    await sockets.close()
    await state.connections.end()
  }
}

/// What the server's connections see of it.
private final class WebState: Sendable {
  private let limits: WebLimits
  private let calendar: @Sendable () -> Date
  private let current = Mutex(WebConfiguration.empty)
  let connections = OpenChannels()

  /// A request's head is small; NIO's own limit is two megabytes.
  private static let headLimits = {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = 16 << 10
    limits.maxHeaderListSize = 64 << 10
    return limits
  }()

  init(limits: WebLimits, calendar: @escaping @Sendable () -> Date) {
    self.limits = limits
    self.calendar = calendar
  }

  var configuration: WebConfiguration { current.withLock { $0 } }

  func set(_ configuration: WebConfiguration) { current.withLock { $0 = configuration } }

  func accept(_ endpoint: Endpoint, _ channel: any Channel) -> EventLoopFuture<Void> {
    let client = channel.remoteAddress?.ipAddress ?? ""
    guard let site = configuration.sites.first(where: { $0.endpoint == endpoint }),
      connections.insert(
        channel, as: client, limit: limits.connections, labelLimit: limits.connectionsOfOneAddress)
    else {
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandlers(
        TLSHandler(start: .init(context: site.context, time: calendar())),
        // Who does not read what was answered is not asked for more.
        BackPressureHandler())
      try pipeline.configureHTTPServerPipeline(
        withErrorHandling: true, withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: Self.headLimits)
      try pipeline.addHandler(
        PageHandler(page: site.page, limits: limits, eventLoop: channel.eventLoop))
    }
  }
}
