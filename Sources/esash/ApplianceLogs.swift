import Commands
import Configuration
import ConfigurationStore
import Control
import Engine
import Logs

/// An appliance's log files, as commands read them.
struct ApplianceLogs: LogReading {
  private let appliance: Appliance
  private let engine: any EngineControl
  private let audit: AuditLogs

  /// - Parameters:
  ///   - engine: whoever writes the mail log.
  ///   - audit: what the session logs itself.
  init(of appliance: Appliance, engine: any EngineControl, audit: AuditLogs) {
    self.appliance = appliance
    self.engine = engine
    self.audit = audit
  }

  func reader(of name: String, isWhole: Bool) async throws -> any LogReader {
    await audit.flush()
    return TailReader(
      tail: try LogTail(in: appliance.logFolder, name: name, from: isWhole ? .oldest : .current))
  }

  func rollOver(_ name: String) async throws {
    let settings = try await appliance.store.committed().configuration.log
    guard let type = settings.subscriptions.first(where: { $0.file == name })?.type else { return }
    // The engine has lines of the mail log in memory.
    if type == .mail, let reply = await engine.ask(.rollOver(name)) {
      if let error = reply.error { throw OperationFailed(error) }
      return
    }
    let log = try appliance.log(type, settings)
    try await log.rollOver(name)
    await log.close()
  }

  private struct TailReader: LogReader {
    var tail: LogTail

    mutating func next() throws -> [String] { try tail.lines() }
  }
}
