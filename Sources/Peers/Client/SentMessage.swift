public import Foundation

/// A message for a sender to send.
public struct SentMessage: Hashable, Sendable {
  /// The sender without brackets; empty for a bounce.
  public var sender: String
  /// The recipients without brackets; at least one.
  public var recipients: [String]
  /// Header and body, lines ended by CR LF.
  public var content: [UInt8]

  /// Makes a message from its parts.
  public init(sender: String, recipients: [String], content: [UInt8]) {
    self.sender = sender
    self.recipients = recipients
    self.content = content
  }

  /// Makes a message of text, with the usual header.
  ///
  /// - Parameters:
  ///   - sender: without brackets; empty for a bounce.
  ///   - recipients: without brackets.
  ///   - subject: one line.
  ///   - body: lines ended by LF.
  ///   - host: who makes it, for its Message-ID.
  ///   - now: its date.
  public init(
    sender: String, recipients: [String], subject: String, body: String, host: String, at now: Date
  ) {
    let number = UInt64.random(in: 0 ... .max)
    let lines = [
      "From: \(sender.isEmpty ? "MAILER-DAEMON@\(host)" : sender)",
      "To: \(recipients.joined(separator: ", "))", "Subject: \(subject)",
      "Date: \(Self.dateText(now))", "Message-ID: <\(String(number, radix: 36))@\(host)>", "",
    ]
    let text =
      lines + body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.init(
      sender: sender, recipients: recipients,
      content: Array((text.joined(separator: "\r\n") + "\r\n").utf8))
  }

  /// A date as headers have it (RFC 5322 §3.3), such as `Tue, 24 Nov 2026 18:00:12 +0000`.
  private static func dateText(_ date: Date) -> String {
    let style = Date.VerbatimFormatStyle(
      format: """
        \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \
        \(year: .defaultDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
        \(minute: .twoDigits):\(second: .twoDigits) +0000
        """, locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
      calendar: Calendar(identifier: .gregorian))
    return date.formatted(style)
  }
}
