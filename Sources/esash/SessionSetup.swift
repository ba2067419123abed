import Commands
import Configuration
import ConfigurationStore
import Control
import Dialogue
import Engine
import Logs
import Shell

extension Appliance {
  /// What the first lines of each log file say.
  var logHeading: LogHeading {
    LogHeading(version: "\(release.version)-\(release.build)", serialNumber: serialNumber)
  }

  /// Opens one of the appliance's logs.
  func log(_ name: String) throws(LogError) -> LogFile {
    let calendar = environment.calendar
    return try LogFile(in: logFolder, name: name, heading: logHeading) { calendar.now }
  }

  /// The shell of a user's session on a terminal, with its audit logs.
  ///
  /// - Parameter engine: what serves the configuration.
  func shell(
    user: String, on terminal: any Terminal, engine: any EngineControl, audit: any AuditTrail
  ) async throws -> Shell {
    Shell(
      session: try await Session(user: user, store: store), appliance: self, terminal: terminal,
      outside: outside(engine: engine), audit: audit)
  }

  /// What a session's commands may reach.
  func outside(engine: any EngineControl) -> Outside {
    let names = ApplianceNames(of: self, engine: engine)
    return Outside(
      engine: engine, logs: ApplianceLogs(of: self, engine: engine),
      mail: ApplianceMail(appliance: self, engine: engine), names: names,
      probing: ApplianceProbes(of: self, engine: engine, names: names),
      dialing: ApplianceDialing(of: self, engine: engine, names: names),
      webService: WebServiceProbe(of: self, engine: engine, names: names),
      directories: ApplianceDirectories(of: self, engine: engine, names: names))
  }
}

/// The two audit logs of a session, flushed when it ends.
struct AuditLogs {
  private let cli: LogFile
  private let system: LogFile

  init(of appliance: Appliance) throws(LogError) {
    cli = try appliance.log("cli")
    system = try appliance.log("system")
  }

  var trail: LogTrail { LogTrail(cli: cli, system: system) }

  func close() async {
    await cli.close()
    await system.close()
  }
}
