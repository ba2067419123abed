import Configuration
public import Control
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

  /// What the rest of the appliance sees of the configuration that is served.
  private struct Facts {
    var hostName = MailConfiguration.empty.hostName
    var alerts = MailConfiguration.empty.alerts
  }

  private let listeners: MailServer
  let queue: MessageQueue
  let deliveries: DeliveryScheduler
  private let alerts: AlertCenter
  private let numbers: Numbers
  private let spool: Spool
  private let calendar: @Sendable () -> Date
  private let finishingTime: Duration
  private let upSince: Date
  private let facts: FactsBox

  private final class FactsBox: Sendable {
    let value = Mutex(Facts())
  }

  /// Where connections and messages get their numbers.
  private struct Numbers {
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
    directory: String, group: any EventLoopGroup, log: LogFile, heading: LogHeading,
    limits: Limits = Limits(), calendar: @escaping @Sendable () -> Date
  ) throws {
    let facts = FactsBox()
    let numbers = try Numbers(in: directory)
    let queue = try MessageQueue(
      path: "\(directory)/queue.sqlite",
      environment: QueueEnvironment(
        calendar: calendar, hostName: { facts.value.withLock { $0.hostName } },
        nextID: { numbers.messages.next().map { MessageID(number: $0) } }))
    let alerts = AlertCenter(queue: queue, log: log, heading: heading) {
      facts.value.withLock { $0.alerts }
    }
    listeners = MailServer(
      group: group, log: log, identifiers: numbers.injections, queue: queue,
      limits: limits.inbound, calendar: calendar)
    deliveries = DeliveryScheduler(
      services: DeliveryServices(
        group: group, log: log, identifiers: numbers.deliveries, limits: limits.outbound,
        calendar: calendar),
      queue: queue, alerts: alerts)
    self.facts = facts
    self.numbers = numbers
    self.queue = queue
    self.alerts = alerts
    self.calendar = calendar
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
    let suspension = try await queue.suspension()
    await deliveries.setSuspended(suspension.isDeliverySuspended)
    try await deliveries.start()
    _ = try await queue.takeIn(spool)
  }

  /// Serves a configuration: every connection that is opened after the return is served by it.
  public func apply(_ configuration: MailConfiguration) async {
    facts.value.withLock {
      $0 = Facts(hostName: configuration.hostName, alerts: configuration.alerts)
    }
    await listeners.apply(configuration)
    await deliveries.apply(configuration.delivery)
  }

  /// Closes everything: listeners at once, deliveries under way when they are done or the
  /// finishing time is over.
  public func shutDown() async {
    await listeners.shutDown()
    await deliveries.shutDown(within: finishingTime)
    try? await queue.close()
    await numbers.close()
  }

  /// Looks again at all that is due: the calendar was moved.
  public func calendarMoved() async { await deliveries.calendarMoved() }

  // MARK: What is told

  /// A sentence for each thing that is not served as it should be.
  public var troubles: [String] {
    get async { await listeners.troubles }
  }

  /// Connections to listeners at present, and how many of them use TLS.
  public var connections: (all: Int, tls: Int) { listeners.connections }

  /// Counters and gauges.
  ///
  /// - Throws: an error when the queue cannot be read.
  public func status() async throws -> MailStatus {
    var status = MailStatus(upSince: upSince)
    status.inboundConnections = connections.all
    await deliveries.fill(&status)
    let backlog = try await queue.backlog()
    status.delayedRecipients = backlog.reduce(0) { $0 + $1.delayed }
    status.activeRecipients = backlog.reduce(0) { $0 + $1.recipients - $1.delayed }
    status.oldestMessage = backlog.map(\.oldest).min()
    status.queuedMessages = queue.usage.messages
    status.queuedBytes = queue.usage.bytes
    return status
  }

  /// How it stands with a destination.
  public func status(of domain: String) async -> HostStatus { await deliveries.status(of: domain) }

  /// How it stands with all destinations for which something waits, the busiest first.
  public func destinations() async -> [HostStatus] { await deliveries.statuses() }

  /// The last alerts, newest first.
  ///
  /// - Throws: an error when the queue cannot be read.
  public func recentAlerts() async throws -> [AlertRecord] {
    let hostName = facts.value.withLock { $0.hostName }
    return try await alerts.recent().map { alert in
      AlertRecord(
        date: alert.date,
        subject: "\(alert.severity) <\(alert.category)> \(hostName): \(alert.text)",
        text: alert.text)
    }
  }

  // MARK: What is asked for

  /// Tries at once what waits for its time.
  ///
  /// - Parameter domain: only for this one; nil for all.
  /// - Returns: how many recipients that were.
  public func deliverNow(_ domain: String?) async -> Int { await deliveries.deliverNow(domain) }

  /// Stops or resumes deliveries, also for the next engine.
  ///
  /// - Throws: an error when the queue cannot be written.
  public func setDeliverySuspended(_ isSuspended: Bool) async throws {
    await deliveries.setSuspended(isSuspended)
    var suspension = try await queue.suspension()
    suspension.isDeliverySuspended = isSuspended
    try await queue.setSuspension(suspension)
  }

  /// Removes recipients that wait; nobody is told.
  ///
  /// - Returns: how many went.
  /// - Throws: an error when the queue cannot be written.
  public func deleteRecipients(matching filter: RecipientFilter) async throws -> Int {
    try await deliveries.deleteRecipients(matching: filter)
  }

  /// Forgets all DNS answers that are kept.
  public func flushNames() async { await deliveries.flushNames() }

  /// Takes in the messages that were spooled.
  ///
  /// - Returns: how many, and a sentence for each file that is none.
  /// - Throws: an error when files or queue cannot be used.
  public func takeInSpool() async throws -> SpoolIntake { try await queue.takeIn(spool) }
}
