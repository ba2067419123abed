/// The word before a line's text.
public enum LogLevel: String, Sendable, CaseIterable {
  /// What happens in the normal course.
  case info = "Info"
  /// What an administrator should look at.
  case warning = "Warning"
  /// What stops a service.
  case critical = "Critical"
  /// What helps to understand a fault.
  case debug = "Debug"
}
