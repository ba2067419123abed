/// How large a log may grow, on disk and in memory.
public struct LogLimits: Hashable, Sendable {
  /// Bytes after which a file is rolled over; each other process that writes at that very moment
  /// may exceed it by one batch, 64 KiB at most.
  public var fileBytes = 10 << 20
  /// Files that are kept, the current one included.
  public var files = 10
  /// Bytes of one line's text; the rest of a longer text is cut off.
  public var lineBytes = 64 << 10
  /// Bytes of lines that wait to be written; lines beyond are dropped, and counted in the log.
  public var pendingBytes = 16 << 20

  /// The limits of a log unless it is told others.
  public static let standard = LogLimits()

  /// Makes the standard limits.
  public init() {}
}
