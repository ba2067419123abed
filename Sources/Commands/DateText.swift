import Foundation

/// Dates as the appliance writes them, always in GMT.
enum DateText {
  /// `Tue Nov 24 18:00:12 2026 GMT`, the day padded with a blank as by asctime(3).
  static func full(_ date: Date) -> String { text(date, "%a %b %e %H:%M:%S %Y GMT") }

  /// `Sat May 15 23:42`, as in `last`.
  static func minute(_ date: Date) -> String { text(date, "%a %b %e %H:%M") }

  /// `03:27PM`, as in `who`.
  static func clock(_ date: Date) -> String { text(date, "%I:%M%p") }

  /// `20261124T180012`, as in file names.
  static func compact(_ date: Date) -> String { text(date, "%Y%m%dT%H%M%S") }

  /// `Tue, 24 Nov 2026 18:00:12 +0000` (RFC 5322 §3.3).
  static func mail(_ date: Date) -> String { text(date, "%a, %d %b %Y %H:%M:%S +0000") }

  private static func text(_ date: Date, _ format: String) -> String {
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let start = buffer.baseAddress else { return "" }
      strftime(start, buffer.count, format, &parts)
      return String(cString: start)
    }
  }
}
