import Configuration
import Foundation
import Logs
import Synchronization

/// Sends alerts to those who subscribed to them, and keeps the last ones for `displayalerts`.
final class AlertCenter: Sendable {
  private let queue: MessageQueue
  private let log: Log
  private let heading: LogHeading
  private let settings: @Sendable () -> AlertSettings
  private let holdBack = Mutex(HoldBack())

  /// Makes a centre that sends through a queue.
  ///
  /// - Parameters:
  ///   - queue: where the mails go; it also keeps the last alerts.
  ///   - log: the mail log.
  ///   - heading: version and serial number, which the mails tell.
  ///   - settings: the committed subscriptions of this moment.
  init(
    queue: MessageQueue, log: Log, heading: LogHeading,
    settings: @escaping @Sendable () -> AlertSettings
  ) {
    self.queue = queue
    self.log = log
    self.heading = heading
    self.settings = settings
  }

  /// The last alerts, newest first, whether or not somebody had subscribed to them.
  func recent() async throws -> [RecordedAlert] {
    // Behind all that was raised before.
    try await queue.write { try $0.alerts() }
  }
}

extension AlertCenter: AlertSink {
  func raise(_ alert: Alert) {
    let settings = settings()
    let now = queue.environment.calendar()
    let admitted = holdBack.withLock {
      $0.admit(
        alert.key, at: now, first: settings.initialHoldBack, longest: settings.maximumHoldBack)
    }
    guard let heldBack = admitted else { return }
    let mail = AlertMessage(
      alert: alert, hostName: queue.environment.hostName(), fromAddress: settings.fromAddress,
      heading: heading, date: now, heldBack: heldBack)
    let messages = settings.subscribers(to: alert).compactMap { subscriber in
      queue.environment.nextID().map { mail.message($0, to: subscriber) }
    }
    queue.submit { transaction in
      try transaction.record(RecordedAlert(alert, date: now))
      for message in messages { try transaction.insert(message) }
    } completion: { [self] result in
      switch result {
      case .success:
        for message in messages { log.write(Self.line(alert, mail.subject, message)) }
      case .failure:
        holdBack.withLock { $0.forget(alert.key) }
        log.write("The alert \"\(mail.subject)\" could not be queued", level: .warning)
      }
    }
  }

  private static func line(_ alert: Alert, _ subject: String, _ message: NewMessage) -> String {
    "A \(alert.category)/\(alert.severity) alert was sent to \(message.recipients[0])"
      + " with subject \"\(subject)\"."
  }
}

extension AlertSettings {
  /// The addresses that want to hear of an alert, each once.
  func subscribers(to alert: Alert) -> [String] {
    var addresses: [String] = []
    for subscription in subscriptions where subscription.covers(alert) {
      if !addresses.contains(subscription.address) { addresses.append(subscription.address) }
    }
    return addresses
  }
}

extension AlertSettings.Subscription {
  fileprivate func covers(_ alert: Alert) -> Bool {
    !Set(classes).isDisjoint(with: ["All", alert.category])
      && !Set(severities).isDisjoint(with: ["All", alert.severity])
  }
}
