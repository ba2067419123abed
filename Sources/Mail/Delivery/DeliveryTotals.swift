/// What deliveries came to since the engine started, by recipient.
struct DeliveryTotals: Hashable, Sendable {
  /// Delivered.
  var delivered = 0
  /// Failed attempts.
  var softBounced = 0
  /// Given up.
  var hardBounced = 0
  /// Removed on an administrator's word.
  var deleted = 0

  mutating func count(_ report: SettledReport) {
    for outcome in report.outcomes.values {
      switch outcome {
      case .delivered: delivered += 1
      case .delayed: softBounced += 1
      case .bounced: hardBounced += 1
      }
    }
  }
}
