public import Foundation

/// The forms in which a log writes a time, all in UTC.
public enum UTCStamp {
  /// `Tue Nov  3 08:05:09 2026 GMT`, as it stands within a line.
  public static func text(_ date: Date) -> String { "\(asctime(LogLine.seconds(date))) GMT" }

  /// `Tue Nov  3 08:05:09 2026`: the day padded with a blank (C library, asctime).
  static func asctime(_ seconds: Int) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let time = parts(seconds)
    let day = time.tm_mday < 10 ? " \(time.tm_mday)" : "\(time.tm_mday)"
    return "\(days[Int(time.tm_wday)]) \(months[Int(time.tm_mon)]) \(day) "
      + "\(two(time.tm_hour)):\(two(time.tm_min)):\(two(time.tm_sec)) \(Int(time.tm_year) + 1900)"
  }

  /// `20261103T080509`, as in the name of a file that was rolled over.
  static func compact(_ seconds: Int) -> String {
    let time = parts(seconds)
    let year = "\(Int(time.tm_year) + 1900)"
    return String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year
      + "\(two(time.tm_mon + 1))\(two(time.tm_mday))"
      + "T\(two(time.tm_hour))\(two(time.tm_min))\(two(time.tm_sec))"
  }

  /// The seconds of a compact stamp, nil for anything else.
  static func seconds(compact: some StringProtocol) -> Int? {
    let digits = compact.split(separator: "T").compactMap { Int32($0) }
    guard digits.count == 2 else { return nil }
    var time = tm()
    time.tm_year = digits[0] / 10_000 - 1900
    time.tm_mon = digits[0] / 100 % 100 - 1
    time.tm_mday = digits[0] % 100
    time.tm_hour = digits[1] / 10_000
    time.tm_min = digits[1] / 100 % 100
    time.tm_sec = digits[1] % 100
    let seconds = Int(timegm(&time))
    return UTCStamp.compact(seconds) == compact ? seconds : nil
  }

  private static func parts(_ seconds: Int) -> tm {
    var moment = time_t(seconds)
    var parts = tm()
    gmtime_r(&moment, &parts)
    return parts
  }

  private static func two(_ value: Int32) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}
