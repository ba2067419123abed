import Foundation

/// Lengths of time.
enum DurationText {
  /// `22h 45m 29s`; days in front of the hours.
  static func short(_ seconds: TimeInterval) -> String {
    let seconds = max(0, Int(seconds))
    let parts = [
      (seconds / 86400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"),
      (seconds % 60, "s"),
    ].drop { $0.0 == 0 }
    return parts.isEmpty ? "0s" : parts.map { "\($0.0)\($0.1)" }.joined(separator: " ")
  }

  /// `3h 12m`, `1d 4h 39m`, `0m`: whole minutes.
  static func minutes(_ seconds: TimeInterval) -> String {
    let minutes = max(0, Int(seconds)) / 60
    let parts = [(minutes / 1440, "d"), (minutes / 60 % 24, "h")].drop { $0.0 == 0 }
      .map { "\($0.0)\($0.1)" }
    return (parts + ["\(minutes % 60)m"]).joined(separator: " ")
  }

  /// `2 days 46 mins 53 secs`: what is zero is left out.
  static func long(_ seconds: TimeInterval) -> String {
    let seconds = max(0, Int(seconds))
    let parts = [
      (seconds / 86400, "day"), (seconds / 3600 % 24, "hour"), (seconds / 60 % 60, "min"),
      (seconds % 60, "sec"),
    ].filter { $0.0 != 0 }
    return parts.isEmpty
      ? "0 secs"
      : parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " ")
  }

  /// `1h 30m`, as in `nslookup`: what is zero is left out.
  static func lifetime(_ seconds: Int) -> String {
    let parts = [
      (seconds / 86400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"),
      (seconds % 60, "s"),
    ].filter { $0.0 != 0 }
    return parts.isEmpty ? "0s" : parts.map { "\($0.0)\($0.1)" }.joined(separator: " ")
  }
}
