import Synchronization

/// What listeners have done since the engine started, for `status`.
final class InboundTotals: Sendable {
  /// The counts.
  struct Counts {
    var messages = 0
    var recipients = 0
    var rejectedRecipients = 0
  }

  private let counts = Mutex(Counts())

  /// The counts so far.
  var current: Counts { counts.withLock { $0 } }

  /// A message was taken for so many recipients.
  func accepted(recipients: Int) {
    counts.withLock { counts in
      counts.messages += 1
      counts.recipients += recipients
    }
  }

  /// A recipient was refused.
  func rejectedRecipient() { counts.withLock { $0.rejectedRecipients += 1 } }
}
