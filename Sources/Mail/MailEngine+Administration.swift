public import Control

// What the mail flow tells of itself, and what administrators do to it.
extension MailEngine {
  /// A sentence for each thing that is not served as it should be.
  public var troubles: [String] {
    get async { await listeners.troubles }
  }

  /// Counters and gauges (`status`).
  ///
  /// - Throws: an error when the queue cannot be read.
  public func status() async throws -> MailStatus {
    var status = MailStatus(upSince: upSince)
    status.suspendedListeners = listeners.suspendedListeners.sorted()
    status.inboundConnections = listeners.connections
    await deliveries.fill(&status)
    let backlog = try await queue.backlog()
    status.delayedRecipients = backlog.reduce(0) { $0 + $1.delayed }
    status.activeRecipients = backlog.reduce(0) { $0 + $1.recipients - $1.delayed }
    status.oldestMessage = backlog.map(\.oldest).min()
    status.queuedBytes = queue.usage.bytes
    status.freeBytes = queue.room
    let totals = listeners.totals
    status.messagesReceived = totals.messages
    status.recipientsReceived = totals.recipients
    status.recipientsRejected = totals.rejectedRecipients
    status.lastMessage = numbers.messages.last
    status.lastInjectionConnection = numbers.injections.last
    status.lastDeliveryConnection = numbers.deliveries.last
    return status
  }

  /// How it stands with a destination (`hoststatus`).
  public func status(of domain: String) async -> HostStatus { await deliveries.status(of: domain) }

  /// How it stands with all destinations for which something waits, the busiest first
  /// (`tophosts`).
  public func destinations() async -> [HostStatus] { await deliveries.statuses() }

  /// The last alerts, newest first (`displayalerts`).
  ///
  /// - Throws: an error when the queue cannot be read.
  public func recentAlerts() async throws -> [AlertRecord] {
    let hostName = configuration.hostName
    return try await alerts.recent().map { alert in
      AlertRecord(
        date: alert.date,
        subject: MailText.alert(alert.severity, alert.category, hostName: hostName, alert.text),
        text: alert.text)
    }
  }

  /// The recipients that wait (`showrecipients`), in the order of messages.
  ///
  /// - Parameter limit: the most of them.
  /// - Returns: the first of them, and how many there are.
  /// - Throws: an error when the queue cannot be read.
  public func recipients(matching filter: RecipientFilter, limit: Int = 10_000) async throws
    -> (first: [QueueEntry], count: Int)
  {
    var first: [QueueEntry] = []
    var count = 0
    for message in try await queue.waiting() {
      let recipients = message.recipients.filter {
        filter.covers($0.address, from: message.sender)
      }
      count += recipients.count
      let shown = recipients.prefix(limit - first.count)
      guard !shown.isEmpty else { continue }
      let subject = try await subject(of: message.id)
      first += shown.map { QueueEntry($0, of: message, subject: subject) }
    }
    return (first, count)
  }

  private func subject(of message: MessageID) async throws -> String {
    let start: [UInt8]
    do {
      start = try await queue.read { try $0.content(of: message, limit: 65_536) }
    } catch is QueueDamage {
      return ""
    }
    return HeaderSummary(of: start[...]).subject ?? ""
  }

  // MARK: What is asked for

  /// Tries at once what waits for its time (`delivernow`).
  ///
  /// - Parameter domain: only for this one; nil for all.
  /// - Returns: how many recipients that were.
  public func deliverNow(_ domain: String?) async -> Int { await deliveries.deliverNow(domain) }

  /// Removes recipients that wait; nobody is told (`deleterecipients`).
  ///
  /// - Returns: how many went.
  /// - Throws: an error when the queue cannot be written.
  public func deleteRecipients(matching filter: RecipientFilter) async throws -> Int {
    try await deliveries.deleteRecipients(matching: filter)
  }

  /// Stops deliveries or lets them go on, also over restarts (`suspenddel`, `resumedel`).
  ///
  /// - Throws: an error when the queue cannot be written.
  public func setDeliverySuspended(_ isSuspended: Bool) async throws {
    try await change { $0.isDeliverySuspended = isSuspended }
  }

  /// Stops listeners or lets them go on, also over restarts (`suspendlistener`,
  /// `resumelistener`).
  ///
  /// - Parameter names: which ones; nil for all.
  /// - Throws: an error when the queue cannot be written.
  public func setListenersSuspended(_ names: [String]?, _ isSuspended: Bool) async throws {
    let all = configuration.listenerNames
    try await change {
      switch (names, isSuspended) {
      case (let names?, true): $0.listeners.formUnion(names)
      case (nil, true): $0.listeners.formUnion(all)
      case (let names?, false): $0.listeners.subtract(names)
      case (nil, false): $0.listeners.removeAll()
      }
    }
  }

  /// Waits until deliveries under way are finished, and cuts those that are not; they are tried
  /// again once deliveries are resumed.
  ///
  /// - Parameter limit: how long to wait.
  /// - Throws: `CancellationError`; then none is cut.
  public func finishDeliveries(within limit: Duration) async throws {
    try await deliveries.finish(within: limit)
  }

  /// Waits until connections to listeners have ended, and cuts those that have not.
  ///
  /// - Parameters:
  ///   - names: those of these listeners; nil for all.
  ///   - limit: how long to wait.
  /// - Throws: `CancellationError`; then none is cut.
  public func finishConnections(of names: [String]?, within limit: Duration) async throws {
    try await listeners.finishConnections(of: names.map { Set($0) }, within: limit)
  }

  /// Forgets the suspension of listeners that are no more: one that is made later under the same
  /// name is another one.
  func forgetSuspended(except names: Set<String>) async {
    guard !listeners.suspendedListeners.isSubset(of: names) else { return }
    // If the queue cannot be written now, the next commit tries again.
    try? await change { $0.listeners.formIntersection(names) }
  }

  private func change(_ change: @escaping @Sendable (inout Suspension) -> Void) async throws {
    await obey(try await queue.changeSuspension(change))
  }

  /// Stops what is to be stopped.
  func obey(_ suspension: Suspension) async {
    listeners.suspendedListeners = suspension.listeners
    await deliveries.setSuspended(suspension.isDeliverySuspended)
  }

  /// Takes in the messages that were spooled.
  ///
  /// - Returns: how many, and a sentence for each file that is none.
  /// - Throws: an error when files or queue cannot be used.
  public func takeInSpool() async throws -> SpoolIntake { try await queue.takeIn(spool) }
}

extension QueueEntry {
  /// A recipient of a message.
  fileprivate init(
    _ recipient: QueuedMessage.Recipient, of message: QueuedMessage, subject: String
  ) {
    self.init(
      message: message.id.number, size: message.size, sender: message.sender, subject: subject,
      recipient: recipient.index, address: recipient.address, attempts: recipient.attempts)
  }
}
