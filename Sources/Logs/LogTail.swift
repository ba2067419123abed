import Foundation

/// Follows a log from a place on, across rollovers: for `tail`, `grep`, and whoever waits for a
/// line.
public struct LogTail: Sendable {
  /// The place where reading starts.
  public enum Start: Sendable {
    /// The first line of the oldest file that is kept.
    case oldest
    /// The first line of the current file.
    case current
    /// Behind the last line of the current file.
    case end
  }

  private let directory: LogDirectory
  private var file: Descriptor?
  private var offset = 0
  /// The newest file that was already rolled over when the tail began.
  private let newestBefore: String?
  /// Lines that were read; those from `next` on are not yet handed out.
  private var unread: [String] = []
  private var next = 0
  /// The beginning of a line whose end is not written yet.
  private var fragment: [UInt8] = []

  /// Opens a log for reading; it need not have a file yet.
  ///
  /// - Parameters:
  ///   - directory: the folder with the log's files.
  ///   - name: the log's name, without a suffix.
  ///   - start: the place where reading starts.
  /// - Throws: `LogError` when there is no such folder.
  public init(in directory: String, name: String, from start: Start = .end) throws(LogError) {
    let files = try LogDirectory(path: directory, name: name, create: false)
    self.directory = files
    // With no writer at work the end of the file is the end of a line.
    (file, offset, newestBefore) = try files.locked(.exclusive) { () throws(LogError) in
      let rolled = files.rolled()
      let oldest = start == .oldest ? rolled.first : nil
      let first = oldest ?? files.currentName
      let file = files.status(of: first) == nil ? nil : try files.open(first, O_RDONLY)
      let offset = start == .end ? file?.status?.size ?? 0 : 0
      return (file, offset, start == .oldest ? nil : rolled.last)
    }
  }

  /// The whole lines that came since the last call, oldest first.
  ///
  /// - Parameter count: about how many lines to take at once; ask again for the rest.
  /// - Throws: `LogError` when the next file cannot be opened.
  public mutating func lines(atMost count: Int = 10_000) throws(LogError) -> [String] {
    try prepare(count)
    let end = min(unread.count, next + count)
    defer { next = end }
    return Array(unread[next..<end])
  }

  /// Waits until a line comes that `isWanted` takes; the lines before it are passed over, those
  /// behind it are left for the next call.
  ///
  /// - Parameters:
  ///   - timeout: how long to wait for it, on the monotonic clock.
  ///   - isWanted: the condition, called once for each line.
  /// - Returns: the line, or nil when none came in time.
  /// - Throws: `LogError` when a file cannot be read, `CancellationError` when the task ends.
  public mutating func waitForLine(
    timeout: Duration, where isWanted: (String) -> Bool
  ) async throws -> String? {
    let end = ContinuousClock.now + timeout
    while true {
      // What stands in the log when the time is over still counts: a reader may have slept longer
      // than it meant to.
      try prepare(1)
      while next < unread.count {
        let line = unread[next]
        next += 1
        if isWanted(line) { return line }
        guard next == unread.count else { continue }
        try Task.checkCancellation()
        try prepare(1)
      }
      guard ContinuousClock.now < end else { return nil }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Waits until a line comes that holds a match of a regular expression.
  ///
  /// - Parameters:
  ///   - pattern: the expression; it may match any part of the line, its date included.
  ///   - timeout: how long to wait for it, on the monotonic clock.
  /// - Returns: the line, or nil when none came in time.
  /// - Throws: `LogError` when the pattern is none, or a file cannot be read.
  public mutating func waitForLine(
    matching pattern: String, timeout: Duration
  ) async throws -> String? {
    guard let regex = try? Regex(pattern) else {
      throw LogError("\"\(pattern)\" is not a regular expression.")
    }
    return try await waitForLine(timeout: timeout) { $0.contains(regex) }
  }

  /// Reads on until `count` lines lie ready, or there are no more.
  private mutating func prepare(_ count: Int) throws(LogError) {
    if next >= unread.count - next {
      unread.removeFirst(next)
      next = 0
    }
    while unread.count - next < count {
      if fill() { continue }
      guard try openNext() else { return }
    }
  }

  /// Reads on in the open file; false at its end.
  private mutating func fill() -> Bool {
    guard let bytes = file?.read(64 << 10, at: offset), !bytes.isEmpty else { return false }
    offset += bytes.count
    let parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for part in parts.dropLast() {
      unread.append(String(decoding: fragment + part, as: UTF8.self))
      fragment = []
    }
    fragment += parts.last ?? []
    return true
  }

  /// Goes on to the file after the one that was read to its end.
  private mutating func openNext() throws(LogError) -> Bool {
    let identity = file?.status?.identity
    let current = directory.status(of: directory.currentName)
    guard let current, current.identity != identity else { return false }
    // No file changes after it was rolled over, but it may have grown just before that.
    if fill() { return true }
    file = try directory.locked(.shared) { () throws(LogError) in
      var rest = directory.rolled()[...]
      if let ours = rest.firstIndex(where: { directory.status(of: $0)?.identity == identity }) {
        rest = rest[(ours + 1)...]
      } else if let newestBefore, identity == nil {
        rest = rest.drop { $0 <= newestBefore }
      }
      // Where ours is gone, as the oldest goes, all that are left are newer.
      return try directory.open(rest.first ?? directory.currentName, O_RDONLY)
    }
    offset = 0
    if !fragment.isEmpty { unread.append(String(decoding: fragment, as: UTF8.self)) }
    fragment = []
    return true
  }
}
