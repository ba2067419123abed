import Configuration
import ConfigurationStore
import Engine
import Foundation
import Logs
import Shell

/// A session's audit in the appliance's log files: what was typed, committed, and who came in.
final class AuditLogs: AuditTrail {
  private let cli: Log
  private let system: Log
  private let authentication: Log

  /// Opens the logs as they are configured.
  init(of appliance: Appliance, _ settings: LogSettings) throws(LogError) {
    cli = try appliance.log(.cli, settings)
    system = try appliance.log(.system, settings)
    authentication = try appliance.log(.authentication, settings)
  }

  func record(user: String, entry: String?, prompt: String) {
    cli.write(
      AuditLog.entry(
        entry.map { .text($0) } ?? .secret, prompt: prompt, user: user, process: getpid()))
  }

  func committed(user: String, comment: String) {
    system.write(AuditLog.commit(comment: comment, user: user, process: getpid()))
  }

  func record(_ event: AuthenticationEvent) {
    authentication.write("\(event)", level: event.isWarning ? .warning : .info)
  }

  /// A file that cannot be opened is told to nobody here; the present ones stay in use.
  func obey(_ settings: LogSettings) async {
    try? await cli.obey(settings.files(of: .cli))
    try? await system.obey(settings.files(of: .system))
    try? await authentication.obey(settings.files(of: .authentication))
  }

  /// Returns when all that was recorded is in the files.
  func flush() async {
    await cli.flush()
    await system.flush()
    await authentication.flush()
  }

  /// Flushes and closes them.
  func close() async {
    await cli.close()
    await system.close()
    await authentication.close()
  }
}
