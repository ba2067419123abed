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

  /// Whether it matters as much as another one, or more.
  func isAtLeast(_ other: LogLevel) -> Bool { rank <= other.rank }

  private var rank: Int {
    switch self {
    case .critical: 0
    case .warning: 1
    case .info: 2
    case .debug: 3
    }
  }
}
