import Foundation
import Logs
import NIOCore
import Resolver
import Synchronization
import Transport

/// The listeners: they receive mail as the committed configuration says.
final class MailServer: Sendable {
  private let state: ServerState
  private let sockets: SocketSet

  /// Makes a server without listeners.
  ///
  /// - Parameters:
  ///   - group: the loops on which connections live.
  ///   - log: the mail log.
  ///   - identifiers: where connections get their numbers.
  ///   - queue: where messages go.
  ///   - limits: how much is borne.
  ///   - calendar: the appliance's time.
  convenience init(
    group: any EventLoopGroup, log: Log, identifiers: HighWaterMarks, queue: MessageQueue,
    limits: ConnectionLimits, calendar: @escaping @Sendable () -> Date
  ) {
    self.init(
      group: group,
      services: MailServices(
        log: log, identifiers: identifiers, intake: queue,
        nextMessageID: queue.environment.nextID, limits: limits,
        memory: MessageMemory(limit: limits.messageMemory), calendar: calendar))
  }

  /// Makes a server without listeners.
  init(group: any EventLoopGroup, services: MailServices) {
    let state = ServerState(services: services)
    self.state = state
    sockets = SocketSet(group: group) { endpoint, channel in state.accept(endpoint, channel) }
  }

  /// Serves a configuration: every connection that is opened after the return is served by it.
  ///
  /// Connections that were accepted before go on under the configuration that they began with.
  func apply(_ configuration: MailConfiguration) async {
    state.set(configuration)
    await sockets.update(
      to: Dictionary(
        uniqueKeysWithValues: configuration.listeners.map { listener in
          (
            listener.endpoint,
            SocketSet.Service(
              name: "The listener \"\(listener.name)\"", backlog: listener.tcpQueue)
          )
        }))
  }

  /// The listeners that take no new connections for the time being, by their names; who connects
  /// is told to come again later.
  var suspendedListeners: Set<String> {
    get { state.services.suspended.names }
    set { state.services.suspended.names = newValue }
  }

  /// Waits until connections have ended by themselves, and closes those that have not.
  ///
  /// - Parameters:
  ///   - names: those of these listeners; nil for all.
  ///   - limit: how long to wait.
  /// - Throws: `CancellationError`.
  func finishConnections(of names: Set<String>?, within limit: Duration) async throws {
    try await state.connections.finish(names, within: limit)
  }

  /// A sentence for each thing that is not served as it should be.
  var troubles: [String] {
    get async { state.configuration.troubles + (await sockets.troubles) }
  }

  /// What was taken and refused since the start.
  var totals: InboundTotals.Counts { state.services.totals.current }

  /// How many connections there are at present.
  var connections: Int { state.services.counts.current }

  /// Closes the listeners and tells all clients goodbye; returns when the last has gone, which the
  /// farewell time of the limits bounds.
  func shutDown() async {
    await sockets.close()
    await state.connections.end()
  }
}

/// What the server's connections see of it.
private final class ServerState: Sendable {
  let services: MailServices
  private let current = Mutex((configuration: MailConfiguration.empty, listeners: [:] as Listeners))
  let connections = OpenChannels()

  private typealias Listeners = [Endpoint: ListenerConfiguration]

  init(services: MailServices) { self.services = services }

  var configuration: MailConfiguration { current.withLock { $0.configuration } }

  func set(_ configuration: MailConfiguration) {
    let listeners = Dictionary(
      uniqueKeysWithValues: configuration.listeners.map { ($0.endpoint, $0) })
    current.withLock { $0 = (configuration, listeners) }
  }

  /// Makes the pipeline of an accepted connection, with the configuration of this moment.
  func accept(_ endpoint: Endpoint, _ channel: any Channel) -> EventLoopFuture<Void> {
    guard let listener = current.withLock({ $0.listeners[endpoint] }) else {
      return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
    }
    connections.insert(channel, as: listener.name)
    return channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandlers(
        TLSHandler(),
        SMTPServerHandler(listener: listener, services: services, eventLoop: channel.eventLoop))
    }
  }
}
