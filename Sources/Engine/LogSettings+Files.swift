public import Configuration
public import Logs

extension LogSettings {
  /// The files that want what is logged of one kind.
  public func files(of type: LogType) -> [Log.Subscription] {
    subscriptions(of: type).map { subscription in
      var limits = LogLimits.standard
      limits.fileBytes = subscription.rolloverSize
      limits.files = subscription.maximumFiles
      return Log.Subscription(
        name: subscription.file, limits: limits, threshold: subscription.level.threshold)
    }
  }
}

extension LogSubscription.Level {
  /// The least important lines that are wanted; nothing is finer here than debug.
  fileprivate var threshold: LogLevel {
    switch self {
    case .critical: .critical
    case .warning: .warning
    case .information: .info
    case .debug, .trace: .debug
    }
  }
}
