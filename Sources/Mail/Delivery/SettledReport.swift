import Foundation

/// What an attempt means once the retry schedule has had its say.
struct SettledReport: Sendable {
  private let report: DeliveryAttempt.Report
  /// What the queue is told, by RID.
  let outcomes: [Int: RecipientOutcome]

  /// Decides.
  ///
  /// - Parameters:
  ///   - report: what an attempt found out.
  ///   - lastError: why a host could not be used, for those that waited too long.
  ///   - now: the time on the appliance's calendar.
  ///   - isEnding: whether the engine ends: what it cuts short has cost no attempt.
  init(_ report: DeliveryAttempt.Report, lastError: String?, now: Date, isEnding: Bool = false) {
    self.report = report
    var outcomes: [Int: RecipientOutcome] = [:]
    for (recipient, verdict) in zip(report.item.recipients, report.verdicts) {
      outcomes[recipient.index] =
        switch verdict {
        case .delivered: .delivered
        case .refused(let reason): .bounced(reason)
        case .delayed where isEnding: nil
        case .delayed(let reason):
          Self.retry(recipient, of: report.item.message, reason, lastError, now)
        }
    }
    self.outcomes = outcomes
  }

  /// The message.
  var message: QueuedMessage { report.item.message }

  private static func retry(
    _ recipient: QueuedMessage.Recipient, of message: QueuedMessage, _ reason: BounceReason,
    _ lastError: String?, _ now: Date
  ) -> RecipientOutcome {
    let due = RetrySchedule().nextAttempt(
      after: recipient.attempts + 1, receivedAt: message.receivedAt, now: now)
    if let due { return .delayed(until: due) }
    return .bounced(.expired(lastError: lastError ?? reason.lines.joined(separator: " ")))
  }

  /// What waits for another attempt, grouped by when it is due.
  ///
  /// - Parameter settlement: knows who was deleted while he was tried.
  func delayedItems(_ settlement: Settlement) -> [DeliveryItem] {
    let waiting = settlement.delayed[message.id] ?? []
    var groups: [Date: [QueuedMessage.Recipient]] = [:]
    for var recipient in report.item.recipients where waiting.contains(recipient.index) {
      guard case .delayed(let due) = outcomes[recipient.index] else { continue }
      recipient.attempts += 1
      recipient.due = due
      groups[due, default: []].append(recipient)
    }
    return groups.map { due, recipients in
      DeliveryItem(message: message, recipients: recipients, due: due)
    }
  }

  /// The last refusal for good, in the peer's words.
  var refusal: String? {
    for case .refused(let reason) in report.verdicts.reversed() where reason.code != "000" {
      return "\(reason.code) \(reason.lines.joined(separator: " "))"
    }
    return nil
  }

  // MARK: The log

  /// What the mail log says of the attempt, in this order: done, delayed, bounced.
  var logLines: [String] {
    delivered + report.item.recipients.compactMap(delayed)
      + report.item.recipients.compactMap(bounced)
  }

  private var delivered: [String] {
    var words: String?
    var recipients: [Int] = []
    for (recipient, verdict) in zip(report.item.recipients, report.verdicts) {
      guard case .delivered(let text) = verdict else { continue }
      words = text
      recipients.append(recipient.index)
    }
    guard let words else { return [] }
    return [
      MailLogLines.messageDone(report.connection, message.id, recipients: recipients),
      MailLogLines.response(message.id, recipients: recipients, words),
    ]
  }

  /// A peer's "later"; that no host could be reached is in the log already.
  private func delayed(_ recipient: QueuedMessage.Recipient) -> String? {
    guard report.connection != .none, case .delayed = outcomes[recipient.index],
      let reason = reason(recipient)
    else { return nil }
    return MailLogLines.delayed(report.connection, message, recipient, reason)
  }

  private func bounced(_ recipient: QueuedMessage.Recipient) -> String? {
    guard case .bounced(let reason) = outcomes[recipient.index] else { return nil }
    return MailLogLines.bounced(report.connection, message, recipient, reason)
  }

  private func reason(_ recipient: QueuedMessage.Recipient) -> BounceReason? {
    for (other, verdict) in zip(report.item.recipients, report.verdicts) where other == recipient {
      if case .delayed(let reason) = verdict { return reason }
    }
    return nil
  }
}
