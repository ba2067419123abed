import Foundation

/// Appends lines to `NAME.current`, together with any number of other processes; it lives on the
/// queue of its `LogFile`.
struct LogWriter {
  /// The most bytes of one write: each is one system call and a whole number of lines.
  private static let batchBytes = 64 << 10

  private let directory: LogDirectory
  private let heading: LogHeading
  /// How large the files may grow; obeyed with the next batch.
  var limits: LogLimits
  private var formatter = LogFormatter()
  private var file: (descriptor: Descriptor, identity: FileStatus.Identity)?
  /// Lines that were handed over and are in no file.
  private var lost = 0
  /// Why the last batch was not written; nil when it was.
  private(set) var failure: LogError?

  /// Opens the current file, or makes it.
  init(
    directory: LogDirectory, heading: LogHeading, limits: LogLimits, now: Date
  ) throws(LogError) {
    self.directory = directory
    self.heading = heading
    self.limits = limits
    _ = try put([], at: LogLine.seconds(now))
  }

  /// Writes lines in batches.
  ///
  /// Lines that cannot be written are counted, and the number stands in the log when it can be
  /// written again.
  ///
  /// - Parameter dropped: how many more lines came after these and were given up.
  mutating func append(_ lines: [LogLine], dropped: Int) {
    let room = min(Self.batchBytes, max(1, limits.fileBytes / 4))
    var rest = lines[...]
    while let first = rest.first {
      tellLost(at: first.seconds)
      var bytes: [UInt8] = []
      var count = 0
      while bytes.count < room, let line = rest.popFirst() {
        formatter.append(line, to: &bytes)
        count += 1
      }
      lost += count - putLines(bytes, at: first.seconds)
    }
    lost += dropped
    if let last = lines.last { tellLost(at: last.seconds) }
  }

  /// Starts a new file now.
  mutating func rollOver(at date: Date) throws(LogError) {
    let seconds = LogLine.seconds(date)
    try directory.locked(.exclusive) { () throws(LogError) in try start(at: seconds) }
  }

  /// Lets go of the file.
  mutating func close() {
    file = nil
  }

  private mutating func tellLost(at seconds: Int) {
    guard lost > 0 else { return }
    let text = "\(lost) lines before this one were not logged"
    var bytes: [UInt8] = []
    formatter.append(LogLine(.warning, text, seconds: seconds), to: &bytes)
    if putLines(bytes, at: seconds) == 1 { lost = 0 }
  }

  /// - Returns: how many whole lines were written.
  private mutating func putLines(_ bytes: [UInt8], at seconds: Int) -> Int {
    do {
      failure = nil
      let written = try put(bytes, at: seconds)
      return bytes[..<written].count { $0 == 0x0A }
    } catch {
      failure = error
      return 0
    }
  }

  /// One batch into the file that is the current one at this moment.
  ///
  /// - Returns: how many of the bytes were written; fewer than all leave a `failure`.
  private mutating func put(_ bytes: [UInt8], at seconds: Int) throws(LogError) -> Int {
    try directory.locked(.exclusive) { () throws(LogError) in
      if try !hasRoom(for: bytes.count) { try start(at: seconds) }
      return write(bytes)
    }
  }

  /// Opens `NAME.current` if it is another file than before.
  ///
  /// - Returns: false when there is none, or when it is so full that it must be rolled over.
  private mutating func hasRoom(for count: Int) throws(LogError) -> Bool {
    guard let current = directory.status(of: directory.currentName) else { return false }
    if current.identity != file?.identity {
      try adopt(directory.open(directory.currentName, O_RDWR | O_APPEND))
    }
    return current.size + count <= limits.fileBytes || current.size <= headingBytes(at: 0).count
  }

  /// Makes a new file, which has its heading before anybody else can write into it.
  private mutating func start(at seconds: Int) throws(LogError) {
    let fresh = "\(directory.name).new"
    try adopt(directory.open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_APPEND))
    let heading = headingBytes(at: seconds)
    guard write(heading) == heading.count else {
      file = nil
      throw failure ?? LogError("\(directory.path)/\(fresh) could not be written.")
    }
    try directory.replaceCurrent(with: fresh, at: seconds, keeping: limits.files)
  }

  private mutating func adopt(_ descriptor: Descriptor) throws(LogError) {
    guard let identity = descriptor.status?.identity else {
      throw .system("opened", directory.currentPath)
    }
    file = (descriptor, identity)
  }

  private mutating func write(_ bytes: [UInt8]) -> Int {
    guard let file else { return 0 }
    if file.descriptor.endsInsideLine {
      guard file.descriptor.write([0x0A]) == 1 else {
        failure = .system("written", directory.currentPath)
        return 0
      }
    }
    let written = file.descriptor.write(bytes)
    if written < bytes.count { failure = .system("written", directory.currentPath) }
    return written
  }

  private func headingBytes(at seconds: Int) -> [UInt8] {
    var formatter = LogFormatter()
    var bytes: [UInt8] = []
    for text in heading.lines {
      formatter.append(LogLine(.info, text, seconds: seconds), to: &bytes)
    }
    return bytes
  }
}
