/// What the first lines of every log file tell of the appliance.
public struct LogHeading: Equatable, Sendable {
  /// Release and build, such as `14.2.0-620`.
  public var version: String
  /// The appliance's serial number.
  public var serialNumber: String

  /// Makes a heading.
  public init(version: String, serialNumber: String) {
    self.version = version
    self.serialNumber = serialNumber
  }

  var lines: [String] {
    [
      "Begin Logfile", "Version: \(version) SN: \(serialNumber)",
      "Time offset from UTC: 0 seconds", "System is coming up.",
    ]
  }
}
