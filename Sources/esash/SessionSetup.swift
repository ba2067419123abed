import Commands
import Configuration
import ConfigurationStore
import Control
import Engine
import Logs

extension Appliance {
  /// What the first lines of each log file say.
  var logHeading: LogHeading {
    LogHeading(version: "\(release.version)-\(release.build)", serialNumber: serialNumber)
  }

  /// Opens the files of one kind of log, as they are configured.
  func log(_ type: LogType, _ settings: LogSettings) throws(LogError) -> Log {
    let calendar = environment.calendar
    return try Log(in: logFolder, settings.files(of: type), heading: logHeading) { calendar.now }
  }

  /// Where a user's command lines are kept between sessions.
  func historyFile(of user: String) -> String {
    user == User.adminName ? "\(directory)/history" : "\(directory)/history.\(user)"
  }

  /// What a session's commands may reach.
  func outside(engine: any EngineControl, audit: AuditLogs) -> Outside {
    let names = ApplianceNames(of: self, engine: engine)
    return Outside(
      engine: engine, logs: ApplianceLogs(of: self, engine: engine, audit: audit),
      mail: ApplianceMail(appliance: self, engine: engine), names: names,
      probing: ApplianceProbes(of: self, engine: engine, names: names),
      dialing: ApplianceDialing(of: self, engine: engine, names: names),
      webService: WebServiceProbe(of: self, engine: engine, names: names),
      directories: ApplianceDirectories(of: self, engine: engine, names: names))
  }
}
