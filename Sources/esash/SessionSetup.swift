import Commands
import Configuration
import ConfigurationStore
import Control
import Engine

extension Appliance {
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
