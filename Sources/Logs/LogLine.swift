import Foundation

/// A line as it is handed over; it becomes bytes on the log's own queue.
struct LogLine: Sendable {
  /// Seconds since 1970, UTC.
  var seconds: Int
  var level: LogLevel
  var text: String

  init(_ level: LogLevel, _ text: String, seconds: Int) {
    self.level = level
    self.text = text
    self.seconds = seconds
  }

  /// The whole second of a date; far beyond all calendars it stands still.
  static func seconds(_ date: Date) -> Int {
    Int(min(max(date.timeIntervalSince1970.rounded(.down), -6e10), 2.5e11))
  }
}

/// Turns lines into bytes: `Tue Nov 24 18:00:12 2026 Info: text`.
struct LogFormatter {
  private var second: Int?
  private var stamp: [UInt8] = []

  /// Appends the line with its line feed.
  mutating func append(_ line: LogLine, to bytes: inout [UInt8]) {
    if line.seconds != second {
      second = line.seconds
      stamp = Array(UTCStamp.asctime(line.seconds).utf8)
    }
    bytes += stamp
    bytes.append(0x20)
    bytes += line.level.rawValue.utf8
    bytes += ": ".utf8
    LogText.append(line.text, to: &bytes)
    bytes.append(0x0A)
  }
}
