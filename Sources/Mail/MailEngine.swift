import Configuration
public import Foundation
public import Logs
public import NIOCore
import Synchronization

/// The mail of an appliance: listeners, queue, deliveries and alerts, under one configuration.
public final class MailEngine: Sendable {
  /// How much listeners and deliveries bear.
  public struct Limits: Sendable {
    /// For listeners.
    public var inbound = ConnectionLimits()
    /// For deliveries.
    public var outbound = DeliveryLimits()
    /// How long deliveries under way may take once the engine ends.
    public var finishingTime = Duration.seconds(5)

    /// Makes the usual limits.
    public init() {}
  }

  let listeners: MailServer
  let queue: MessageQueue
  let deliveries: DeliveryScheduler
  let alerts: AlertCenter
  private let expiry: ExpiryWatch
  let spool: Spool
  /// When it was made, on the appliance's calendar.
  let upSince: Date
  let numbers: Numbers
  private let finishingTime: Duration
  private let served: Served

  /// The configuration that is served, for those who look at it now and then.
  private final class Served: Sendable {
    let configuration = Mutex(MailConfiguration.empty)
  }

  /// Where connections and messages get their numbers.
  struct Numbers {
    let injections: HighWaterMarks
    let messages: HighWaterMarks
    let deliveries: HighWaterMarks

    init(in directory: String) throws {
      injections = try HighWaterMarks(path: "\(directory)/identifiers")
      messages = try HighWaterMarks(path: "\(directory)/identifiers-mid")
      deliveries = try HighWaterMarks(path: "\(directory)/identifiers-dcid")
    }

    func close() async {
      await injections.close()
      await messages.close()
      await deliveries.close()
    }
  }

  /// Opens the queue; nothing is served yet.
  ///
  /// - Parameters:
  ///   - directory: the appliance's, for queue, spool and numbers.
  ///   - group: the loops on which connections live.
  ///   - log: the mail log.
  ///   - heading: version and serial number, which alerts tell.
  ///   - limits: how much is borne.
  ///   - calendar: the appliance's time.
  /// - Throws: an error with a sentence when a file cannot be used.
  public init(
    directory: String, group: any EventLoopGroup, log: Log, heading: LogHeading,
    limits: Limits = Limits(), calendar: @escaping @Sendable () -> Date
  ) throws {
    let served = Served()
    let numbers = try Numbers(in: directory)
    let queue = try MessageQueue(
      path: "\(directory)/queue.sqlite",
      environment: QueueEnvironment(
        calendar: calendar, hostName: { served.configuration.withLock { $0.hostName } },
        nextID: { numbers.messages.next().map { MessageID(number: $0) } }))
    let alerts = AlertCenter(queue: queue, log: log, heading: heading) {
      served.configuration.withLock { $0.alerts }
    }
    listeners = MailServer(
      group: group, log: log, identifiers: numbers.injections, queue: queue,
      limits: limits.inbound, calendar: calendar)
    deliveries = DeliveryScheduler(
      services: DeliveryServices(
        group: group, log: log, identifiers: numbers.deliveries, limits: limits.outbound,
        calendar: calendar),
      queue: queue, alerts: alerts)
    self.served = served
    self.numbers = numbers
    self.queue = queue
    self.alerts = alerts
    expiry = ExpiryWatch(queue: queue, alerts: alerts)
    spool = Spool(folder: "\(directory)/spool")
    finishingTime = limits.finishingTime
    upSince = calendar()
  }

  // MARK: Life

  /// Takes up the queue where the last engine left it, and what was spooled without one.
  ///
  /// Nothing is delivered before the first `apply`.
  ///
  /// - Throws: an error when the queue cannot be read or written.
  public func start() async throws {
    try await obey(queue.suspension())
    try await expiry.start()
    try await deliveries.start()
    _ = try await queue.takeIn(spool)
  }

  /// Serves a configuration: every connection that is opened after the return is served by it.
  public func apply(_ configuration: MailConfiguration) async {
    served.configuration.withLock { $0 = configuration }
    await forgetSuspended(except: configuration.listenerNames)
    await listeners.apply(configuration)
    await deliveries.apply(configuration.delivery)
    watchExpiry()
  }

  /// Closes everything: listeners at once, deliveries under way when they are done or the
  /// finishing time is over.
  public func shutDown() async {
    await listeners.shutDown()
    await deliveries.shutDown(within: finishingTime)
    try? await queue.close()
    await numbers.close()
  }

  /// The configuration that is served.
  var configuration: MailConfiguration { served.configuration.withLock { $0 } }

  /// Looks again at all that is due: the calendar was moved.
  public func calendarMoved() async {
    await deliveries.calendarMoved()
    watchExpiry()
  }

  /// Raises alerts for certificates that have come near their end since the last look.
  public func watchExpiry() {
    let terms = configuration.certificateTerms
    if !terms.isEmpty { expiry.look(at: terms) }
  }
}
