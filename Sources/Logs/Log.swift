public import Foundation
import Synchronization

/// All that is logged of one kind, written into each of the files that want it.
///
/// What is written while files come and go is in those that were there at that moment.
public final class Log: Sendable {
  /// A file that wants the lines.
  public struct Subscription: Hashable, Sendable {
    /// The name of its files, such as `mail`.
    public var name: String
    /// How large it may grow.
    public var limits: LogLimits
    /// The least important lines that are wanted.
    public var threshold: LogLevel

    /// Makes a subscription; by default to all lines.
    public init(
      name: String, limits: LogLimits = .standard, threshold: LogLevel = .debug
    ) {
      self.name = name
      self.limits = limits
      self.threshold = threshold
    }
  }

  private let directory: String
  private let heading: LogHeading
  private let calendar: @Sendable () -> Date
  private let open = Mutex<[(subscription: Subscription, file: LogFile)]>([])

  /// Opens the files of a log.
  ///
  /// - Parameters:
  ///   - directory: the folder; it is made (0700) if it is missing.
  ///   - subscriptions: the files.
  ///   - heading: what the first lines of each file say.
  ///   - calendar: the time that the lines carry.
  /// - Throws: `LogError` when the folder or a file cannot be opened for writing.
  public init(
    in directory: String, _ subscriptions: [Subscription], heading: LogHeading,
    calendar: @escaping @Sendable () -> Date
  ) throws(LogError) {
    self.directory = directory
    self.heading = heading
    self.calendar = calendar
    var files: [(Subscription, LogFile)] = []
    for subscription in subscriptions {
      files.append((subscription, try makeFile(subscription)))
    }
    let opened = files
    open.withLock { $0 = opened }
  }

  private func makeFile(_ subscription: Subscription) throws(LogError) -> LogFile {
    try LogFile(
      in: directory, name: subscription.name, heading: heading, limits: subscription.limits,
      calendar: calendar)
  }

  /// Adds a line to every file that wants its level; it never waits for the disk.
  public func write(_ text: String, level: LogLevel = .info) {
    open.withLock { files in
      for (subscription, file) in files where level.isAtLeast(subscription.threshold) {
        file.write(text, level: level)
      }
    }
  }

  /// Keeps other files from now on: new ones are opened, changed limits obeyed, others closed.
  ///
  /// - Throws: `LogError` when a file cannot be opened; then all is as before.
  public func obey(_ subscriptions: [Subscription]) async throws(LogError) {
    let present = open.withLock { $0 }
    guard present.map(\.subscription) != subscriptions else { return }
    var files: [(subscription: Subscription, file: LogFile)] = []
    for subscription in subscriptions {
      let known = present.first { $0.subscription.name == subscription.name }?.file
      if let known {
        files.append((subscription, known))
      } else {
        files.append((subscription, try makeFile(subscription)))
      }
    }
    let opened = files
    open.withLock { $0 = opened }
    for (subscription, file) in files { await file.change(subscription.limits) }
    for (subscription, file) in present
    where !subscriptions.contains(where: { $0.name == subscription.name }) {
      await file.close()
    }
  }

  /// Returns when all lines that were added before are in the files.
  public func flush() async {
    for (_, file) in open.withLock({ $0 }) { await file.flush() }
  }

  /// Writes what is waiting for a file, and starts a new one.
  ///
  /// - Throws: `LogError` when a new file cannot be made; the old one is then kept.
  public func rollOver(_ name: String) async throws(LogError) {
    for (subscription, file) in open.withLock({ $0 }) where name == subscription.name {
      try await file.rollOver()
    }
  }

  /// Writes what is waiting and closes the files; lines that are added later are ignored.
  public func close() async {
    for (_, file) in open.withLock({ $0 }) { await file.close() }
  }
}
