/// What deliveries came to since the engine started, by recipient.
public struct DeliveryTotals: Hashable, Sendable {
  /// Delivered.
  public internal(set) var delivered = 0
  /// Failed attempts.
  public internal(set) var softBounced = 0
  /// Given up.
  public internal(set) var hardBounced = 0
  /// Removed on an administrator's word.
  public internal(set) var deleted = 0

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
