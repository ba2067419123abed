public import Configuration
public import ConfigurationStore
public import Logs

extension Appliance {
  /// What the first lines of each log file say.
  var logHeading: LogHeading {
    LogHeading(version: release.versionAndBuild, serialNumber: serialNumber)
  }

  /// Opens the files of one kind of log, as they are configured.
  ///
  /// - Throws: `LogError` when a file cannot be made.
  public func log(_ type: LogType, _ settings: LogSettings) throws(LogError) -> Log {
    let calendar = environment.calendar
    return try Log(in: logFolder, settings.files(of: type), heading: logHeading) { calendar.now }
  }
}
