import Synchronization

/// Raises an alert when a certificate comes near its end; what was told is kept over restarts.
final class ExpiryWatch: Sendable {
  private let queue: MessageQueue
  private let alerts: any AlertSink
  private let record = Mutex(ExpiryRecord())

  init(queue: MessageQueue, alerts: any AlertSink) {
    self.queue = queue
    self.alerts = alerts
  }

  /// Takes up what the last engine knew.
  ///
  /// - Throws: an error when it cannot be read.
  func start() async throws {
    let known = try await queue.read { try $0.state(ExpiryRecord.self, named: "expiry") }
    if let known { record.withLock { $0 = known } }
  }

  /// Looks at all certificates; cheap enough for every second.
  func look(at terms: [CertificateTerm]) {
    let now = queue.environment.calendar()
    let (due, next) = record.withLock { record -> ([Alert], ExpiryRecord?) in
      let before = record
      let due = record.look(at: terms, now: now)
      return (due, record == before ? nil : record)
    }
    for alert in due { alerts.raise(alert) }
    guard let next else { return }
    queue.submit {
      try $0.setState(next, named: "expiry")
    } completion: { _ in
      // What could not be noted is told once more after a restart.
    }
  }
}
