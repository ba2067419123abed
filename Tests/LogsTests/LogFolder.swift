import Foundation
import Logs
import Synchronization

/// A folder of its own for one test's logs; it goes when the test is over.
final class LogFolder: Sendable {
  let path = NSTemporaryDirectory() + "logs-" + UUID().uuidString

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The names of all files, sorted.
  var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// A log in here, with a heading and a calendar that stands still unless another is given.
  func log(
    _ name: String = "mail", limits: LogLimits = .standard,
    calendar: @escaping @Sendable () -> Date = { .tuesday }
  ) throws -> LogFile {
    try LogFile(
      in: path, name: name, heading: .example, limits: limits, calendar: calendar)
  }

  func bytes(_ file: String = "mail.current") throws -> Data {
    try Data(contentsOf: URL(filePath: "\(path)/\(file)"))
  }

  /// The lines of a file; a missing last line feed shows as a last line.
  func lines(_ file: String = "mail.current") throws -> [String] {
    var lines = String(decoding: try bytes(file), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The texts of all files in order, without headings and `Tue Nov 24 18:00:12 2026 Info: `.
  func texts(_ name: String = "mail") throws -> [String] {
    let rolled = files.filter { $0.hasPrefix("\(name).@") }
    return try (rolled + ["\(name).current"]).flatMap { try lines($0).dropFirst(4) }
      .map { String(decoding: $0.utf8.dropFirst(31), as: UTF8.self) }
  }

  /// Runs `body` while every writer of the folder has to wait.
  func whileLocked(_ body: () throws -> Void) rethrows {
    let folder = open(path, O_RDONLY | O_DIRECTORY)
    flock(folder, LOCK_EX)
    defer { close(folder) }
    try body()
  }
}

extension LogHeading {
  static let example = LogHeading(version: "14.2.0-620", serialNumber: "564D1234")
}

extension Date {
  /// Tue Nov 24 18:00:12 2026 GMT.
  static let tuesday = Date(timeIntervalSince1970: 1_795_543_212)
}

/// A calendar that a test moves.
final class Calendar: Sendable {
  private let date: Mutex<Date>

  init(_ date: Date = .tuesday) {
    self.date = Mutex(date)
  }

  var now: Date {
    get { date.withLock { $0 } }
    set { date.withLock { $0 = newValue } }
  }
}
