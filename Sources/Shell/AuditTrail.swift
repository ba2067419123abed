public import Configuration
public import ConfigurationStore

/// Where a session's dialogue is recorded (`cli_logs`).
public protocol AuditTrail: Sendable {
  /// Records one answer.
  ///
  /// - Parameters:
  ///   - user: who answered.
  ///   - entry: what was typed; nil for a secret.
  ///   - prompt: all that was shown since the last answer.
  func record(user: String, entry: String?, prompt: String)

  /// Records a commit (`system_logs`).
  func committed(user: String, comment: String)

  /// Records who came in, and by what (`authentication`).
  func record(_ event: AuthenticationEvent)

  /// Keeps the logs as they are configured from now on.
  func obey(_ settings: LogSettings) async
}
