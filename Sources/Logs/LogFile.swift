import Dispatch
public import Foundation
import Synchronization

/// A log that several processes append to: `NAME.current`, rolled over to
/// `NAME.@YYYYMMDDThhmmss.s`.
///
/// `write` only puts the line on a queue, so it may be called on an event loop; the log's own
/// queue writes whole lines in batches, the first of them ten milliseconds later. What cannot be
/// written, or is too much to be kept in memory, is counted, and the count stands in the log.
public final class LogFile: Sendable {
  /// The log's name, such as `mail`.
  public let name: String
  /// Where the current file stands.
  public let path: String

  private let limits: LogLimits
  private let calendar: @Sendable () -> Date
  private let queue: DispatchQueue
  private let pending = Mutex(Pending())
  private let writer: Mutex<LogWriter>

  /// Opens the log's current file, or makes it with its heading.
  ///
  /// - Parameters:
  ///   - directory: the folder; it is made (0700) if it is missing.
  ///   - name: the log's name, without a suffix.
  ///   - heading: what the first lines of each file say.
  ///   - limits: how large the log may grow.
  ///   - calendar: the time that the lines carry.
  /// - Throws: `LogError` when the folder or the file cannot be opened for writing.
  public init(
    in directory: String, name: String, heading: LogHeading, limits: LogLimits = .standard,
    calendar: @escaping @Sendable () -> Date
  ) throws(LogError) {
    let files = try LogDirectory(path: directory, name: name, create: true)
    self.name = name
    self.path = files.currentPath
    self.limits = limits
    self.calendar = calendar
    queue = DispatchQueue(label: "log.\(name)", qos: .utility)
    writer = Mutex(
      try LogWriter(directory: files, heading: heading, limits: limits, now: calendar()))
  }

  /// Why lines are not being written at present, nil when they are.
  public var failure: LogError? {
    pending.withLock { $0.failure }
  }

  /// Adds a line; it never waits for the disk.
  ///
  /// - Parameters:
  ///   - text: one line; control characters are written as escapes.
  ///   - level: the word before the text.
  public func write(_ text: String, level: LogLevel = .info) {
    let line = LogLine(
      level, LogText.cut(text, to: limits.lineBytes), seconds: LogLine.seconds(calendar()))
    if pending.withLock({ $0.add(line, limit: limits.pendingBytes) }) { drainLater() }
  }

  /// Returns when all lines that were added before are in the file.
  public func flush() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.drain()
        continuation.resume()
      }
    }
  }

  /// Has the file grow up to other limits from the next batch on; what is kept in memory for a
  /// moment, and of one line, stays as it was.
  func change(_ limits: LogLimits) async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.writer.withLock { $0.limits = limits }
        continuation.resume()
      }
    }
  }

  /// Writes what is waiting and starts a new file.
  ///
  /// - Throws: `LogError` when the new file cannot be made; the old one is then kept.
  public func rollOver() async throws(LogError) {
    let failure: LogError? = await withCheckedContinuation { continuation in
      queue.async {
        self.drain()
        let now = self.calendar()
        continuation.resume(
          returning: self.writer.withLock { writer in
            do throws(LogError) {
              try writer.rollOver(at: now)
              return nil
            } catch {
              return error
            }
          })
      }
    }
    if let failure { throw failure }
  }

  /// Writes what is waiting and closes the file; lines that are added later are ignored.
  public func close() async {
    pending.withLock { $0.isClosed = true }
    await flush()
    writer.withLock { $0.close() }
  }

  /// How long a line may wait for others to be written with.
  private static let gathering = DispatchTimeInterval.milliseconds(10)

  private func drainLater() {
    queue.asyncAfter(deadline: .now() + Self.gathering) {
      self.drain()
      // One batch a turn, so that a `flush` in between waits for its own lines only.
      if self.pending.withLock({ $0.wantsAnotherTurn() }) { self.drainLater() }
    }
  }

  private func drain() {
    let (lines, dropped) = pending.withLock { $0.take() }
    guard !lines.isEmpty else { return }
    let failure = writer.withLock { writer in
      writer.append(lines, dropped: dropped)
      return writer.failure
    }
    pending.withLock { $0.failure = failure }
  }
}

/// The lines that wait for the queue.
private struct Pending {
  private var lines: [LogLine] = []
  private var bytes = 0
  private var dropped = 0
  private var isScheduled = false
  var isClosed = false
  var failure: LogError?

  /// - Returns: whether the queue has to be told.
  mutating func add(_ line: LogLine, limit: Int) -> Bool {
    guard !isClosed else { return false }
    let cost = line.text.utf8.count + MemoryLayout<LogLine>.stride
    guard bytes + cost <= limit || lines.isEmpty else {
      dropped += 1
      return false
    }
    lines.append(line)
    bytes += cost
    defer { isScheduled = true }
    return !isScheduled
  }

  mutating func take() -> (lines: [LogLine], dropped: Int) {
    defer {
      lines = []
      bytes = 0
      dropped = 0
    }
    return (lines, dropped)
  }

  mutating func wantsAnotherTurn() -> Bool {
    isScheduled = !lines.isEmpty
    return isScheduled
  }
}
