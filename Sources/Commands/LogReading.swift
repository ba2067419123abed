/// The appliance's log files, for reading.
public protocol LogReading: Sendable {
  /// Gives the lines of a log, the oldest first, and goes on with those that come.
  ///
  /// - Parameters:
  ///   - name: the log's name, such as `mail`.
  ///   - isFollowing: whether to wait for more at the end.
  ///   - last: only so many of the lines there are; nil for all that are kept.
  ///   - handle: gets lines as they come, some at a time.
  /// - Throws: an error with a sentence when the log cannot be read; `CancellationError` when the
  ///   task ends.
  func read(
    _ name: String, last: Int?, isFollowing: Bool, _ handle: ([String]) async throws -> Void
  ) async throws

  /// Starts a new file of a log.
  ///
  /// - Throws: an error with a sentence when that cannot be done.
  func rollOver(_ name: String) async throws
}

/// No log files at all.
public struct NoLogs: LogReading {
  /// Makes it.
  public init() {}

  /// Refuses.
  public func read(
    _ name: String, last: Int?, isFollowing: Bool, _ handle: ([String]) async throws -> Void
  ) async throws { throw OperationFailed("There are no logs here.") }

  /// Refuses.
  public func rollOver(_ name: String) async throws {
    throw OperationFailed("There are no logs here.")
  }
}
