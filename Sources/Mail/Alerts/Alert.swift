/// Something that the administrators should hear of.
struct Alert: Sendable, Hashable {
  /// The class, such as `System`.
  var category: String
  /// The severity, such as `Warning`.
  var severity: String
  /// What happened, in whole sentences; also the end of the subject, cut to one line.
  var text: String
  /// Alerts with the same key count as duplicates.
  var key: String
}

/// Where alerts are raised; it never blocks.
protocol AlertSink: Sendable {
  /// Takes an alert; whether it is sent is for subscriptions and hold-back to say.
  func raise(_ alert: Alert)
}
