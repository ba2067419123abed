/// The appliance's log files, for reading.
public protocol LogReading: Sendable {
  /// Opens a log for reading; what the session itself has logged so far is in it.
  ///
  /// - Parameters:
  ///   - name: the name of its files, such as `mail`.
  ///   - isWhole: whether reading starts with the oldest file that is kept, not the current one.
  /// - Throws: an error with a sentence when it cannot be read.
  func reader(of name: String, isWhole: Bool) async throws -> any LogReader

  /// Starts a new file of a log.
  ///
  /// - Throws: an error with a sentence when that cannot be done.
  func rollOver(_ name: String) async throws
}

/// Reads a log from a place on.
public protocol LogReader: Sendable {
  /// The next whole lines, oldest first; none where there are no more for now.
  ///
  /// - Throws: an error with a sentence when the log cannot be read.
  mutating func next() throws -> [String]
}

extension LogReader {
  /// Gives the lines that are there now, oldest first.
  ///
  /// - Throws: what `next` or the handler throws, and `CancellationError` when the task ends.
  public mutating func readAll(_ handle: ([String]) async throws -> Void) async throws {
    while case let lines = try next(), !lines.isEmpty {
      try Task.checkCancellation()
      try await handle(lines)
    }
  }

  /// Gives the lines that come, for as long as the task lasts.
  ///
  /// - Throws: what `next` or the handler throws, and `CancellationError` when the task ends.
  public func follow(_ handle: ([String]) async throws -> Void) async throws {
    var reader = self
    while true {
      let lines = try reader.next()
      if lines.isEmpty {
        try await Task.sleep(for: .milliseconds(100))
      } else {
        try await handle(lines)
      }
    }
  }
}
