import Foundation

/// Texts in the messages that the appliance writes itself.
enum MailText {
  /// `24 Nov 2026 18:00:12 +0000` (RFC 5322 §3.3), always in UTC.
  static func date(_ date: Date) -> String {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    return "\(parts.tm_mday) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) \(time) +0000"
  }

  /// A text that can stand in a header or a report: printable ASCII, one line, bounded.
  ///
  /// - Parameter limit: in bytes, within what RFC 5322 §2.1.1 allows for a line.
  static func line(_ text: String, limit: Int = 800) -> String {
    let scalars = text.unicodeScalars.prefix(limit).map { scalar in
      (0x20...0x7E).contains(scalar.value) ? Character(scalar) : scalar == "\t" ? " " : "?"
    }
    return String(scalars)
  }

  /// What an alert is called on one line: `Warning <System> mail.example.com: …`.
  static func alert(
    _ severity: String, _ category: String, hostName: String, _ text: String
  ) -> String {
    let text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line("\(severity) <\(category)> \(hostName): \(text)")
  }

  /// Lines with CR LF at the end of each.
  static func bytes(_ lines: [String]) -> [UInt8] {
    lines.flatMap { Array($0.utf8) + [0x0D, 0x0A] }
  }
}
