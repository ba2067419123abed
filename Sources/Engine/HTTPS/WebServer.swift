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

  init(group: any EventLoopGroup, calendar: @escaping @Sendable () -> Date) {
    let state = WebState(calendar: calendar)
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
  private let calendar: @Sendable () -> Date
  private let current = Mutex(WebConfiguration.empty)
  let connections = OpenChannels()

  /// How long a client may be silent.
  private static let idleTime = TimeAmount.seconds(30)

  /// The most connections at a time.
  private static let mostConnections = 200

  init(calendar: @escaping @Sendable () -> Date) { self.calendar = calendar }

  var configuration: WebConfiguration { current.withLock { $0 } }

  func set(_ configuration: WebConfiguration) { current.withLock { $0 = configuration } }

  func accept(_ endpoint: Endpoint, _ channel: any Channel) -> EventLoopFuture<Void> {
    guard connections.count < Self.mostConnections,
      let site = configuration.sites.first(where: { $0.endpoint == endpoint })
    else {
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    connections.insert(channel)
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandlers(
        TLSHandler(start: .init(context: site.context, time: calendar())),
        IdleStateHandler(allTimeout: Self.idleTime))
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(PageHandler(page: site.page))
    }
  }
}
