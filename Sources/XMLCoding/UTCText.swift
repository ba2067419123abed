import Foundation

/// A time as ISO 8601 in UTC, `2026-11-24T18:00:12Z`, with just the fraction digits that make it
/// read back as the very same `Double`.
enum UTCText {
  /// 2001-01-01T00:00:00Z in seconds since 1970: the zero of `Date`.
  private static let reference = 978_307_200
  /// 0001-01-01 to 9999-12-31, in seconds since 1970: what four digits of a year can say.
  private static let range = -62_135_596_800..<253_402_300_800

  /// - Parameter seconds: seconds since 2001-01-01 UTC.
  /// - Returns: nil for a value outside the years 1 to 9999.
  static func text(of seconds: Double) -> String? {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return nil }
    let magnitude = digits(of: abs(seconds))
    guard var whole = Int(magnitude.whole) else { return nil }
    var fraction = magnitude.fraction
    if seconds < 0 {
      whole = fraction.isEmpty ? -whole : -whole - 1
      fraction = complement(fraction)
    }
    guard range.contains(whole + reference) else { return nil }
    return civil(whole + reference) + (fraction.isEmpty ? "Z" : ".\(fraction)Z")
  }

  /// - Returns: seconds since 2001-01-01 UTC, or nil for anything but such a time.
  static func seconds(of text: String) -> Double? {
    guard text.utf8.count >= 20, text.hasSuffix("Z") else { return nil }
    let body = text.dropLast()
    let split = body.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isDigits = { (part: Substring) in part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    guard let civilPart = split.first, let utc = utcSeconds(String(civilPart)) else { return nil }
    var fraction = ""
    if split.count == 2 {
      guard !split[1].isEmpty, isDigits(split[1]) else { return nil }
      fraction = String(split[1])
      while fraction.hasSuffix("0") { fraction.removeLast() }
    }
    let whole = utc - reference
    if whole >= 0 || fraction.isEmpty { return Double("\(whole).\(fraction)0") }
    return Double("-\(-whole - 1).\(complement(fraction))")
  }

  private static func civil(_ utc: Int) -> String {
    var moment = time_t(utc)
    var parts = tm()
    gmtime_r(&moment, &parts)
    let padded = { (value: Int32, width: Int) in
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return padded(parts.tm_year + 1900, 4) + "-" + padded(parts.tm_mon + 1, 2) + "-"
      + padded(parts.tm_mday, 2) + "T" + padded(parts.tm_hour, 2) + ":" + padded(parts.tm_min, 2)
      + ":" + padded(parts.tm_sec, 2)
  }

  private static func utcSeconds(_ text: String) -> Int? {
    let numbers = text.split { "-T:".contains($0) }.map { Int32($0) }
    guard numbers.count == 6, let year = numbers[0], let month = numbers[1], let day = numbers[2],
      let hour = numbers[3], let minute = numbers[4], let second = numbers[5]
    else { return nil }
    var parts = tm()
    parts.tm_year = year &- 1900
    parts.tm_mon = month &- 1
    parts.tm_mday = day
    parts.tm_hour = hour
    parts.tm_min = minute
    parts.tm_sec = second
    let utc = Int(timegm(&parts))
    // timegm takes the 30th of February for the 2nd of March, and any spelling of a number.
    return range.contains(utc) && civil(utc) == text ? utc : nil
  }

  /// The plain decimal digits of a value that is not negative, without an exponent.
  private static func digits(of value: Double) -> (whole: String, fraction: String) {
    let parts = "\(value)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    var whole = String(mantissa[0])
    var fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    if parts.count > 1, let exponent = Int(parts[1]), exponent < 0 {
      fraction = String(repeating: "0", count: -exponent - 1) + whole + fraction
      whole = "0"
    }
    return (whole, fraction)
  }

  /// The digits of 1 − 0.digits, digit by digit, so that nothing is rounded.
  private static func complement(_ digits: String) -> String {
    guard let last = digits.utf8.last else { return "" }
    let nines = digits.utf8.dropLast().map { 0x39 - $0 + 0x30 }
    return String(decoding: nines + [0x3A - last + 0x30], as: UTF8.self)
  }
}
