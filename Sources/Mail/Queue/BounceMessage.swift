import Foundation

/// The report to a sender whose message could not be delivered (RFC 3464, RFC 6522).
struct BounceMessage {
  /// A recipient that was given up.
  struct Failure: Sendable, Hashable {
    var recipient: String
    var reason: BounceReason
  }

  /// Makes the bounce of a message from its failures and its first bytes.
  struct Maker {
    let environment: QueueEnvironment

    /// - Throws: `QueueError` while no MID can be had.
    func make(_ original: QueuedMessage, _ failures: [Failure], _ start: [UInt8]) throws
      -> NewMessage
    {
      guard let id = environment.nextID() else {
        throw QueueError("No number can be had for a bounce at present.")
      }
      let now = environment.calendar()
      let headers = BounceMessage.headers(in: start)
      let bounce = BounceMessage(
        id: id, hostName: environment.hostName(), boundary: environment.boundary(), date: now,
        original: original, failures: failures, headers: headers)
      return NewMessage(
        id: id, sender: "", recipients: [original.sender], content: bounce.content,
        isEightBit: headers.contains { $0 > 0x7F }, receivedAt: now)
    }
  }

  /// The most bytes of the original's headers that are returned.
  static let headerLimit = 32 << 10

  let id: MessageID
  let hostName: String
  let boundary: String
  let date: Date
  let original: QueuedMessage
  let failures: [Failure]
  /// The original's headers, each line with CR LF.
  let headers: [UInt8]

  /// The whole message.
  var content: [UInt8] {
    MailText.bytes(heading + text + status + ["--\(boundary)"] + headersHeading)
      + headers + MailText.bytes(["", "--\(boundary)--"])
  }

  private var heading: [String] {
    [
      "From: \"Mail Delivery System\" <MAILER-DAEMON@\(hostName)>",
      "To: <\(MailText.line(original.sender))>",
      "Subject: Delivery Status Notification (Failure)",
      "Date: \(MailText.date(date))",
      "Message-ID: <\(id).\(Int(date.timeIntervalSince1970))@\(hostName)>",
      "Auto-Submitted: auto-replied",
      "MIME-Version: 1.0",
      "Content-Type: multipart/report; report-type=delivery-status;",
      "\tboundary=\"\(boundary)\"",
      "",
      "--\(boundary)",
    ]
  }

  private var text: [String] {
    let failed = failures.flatMap { failure in
      ["", "<\(MailText.line(failure.recipient))>"] + failure.explanation.map { "    \($0)" }
    }
    return [
      "Content-Type: text/plain; charset=us-ascii",
      "",
      "This is the mail system of \(hostName).",
      "",
      "Your message has not reached the recipients below, and delivery is not",
      "being tried any more. The headers of your message are attached.",
    ] + failed + ["", "--\(boundary)"]
  }

  private var status: [String] {
    [
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; \(hostName)",
      "Arrival-Date: \(MailText.date(original.receivedAt))",
    ]
      + failures.flatMap { failure in
        [
          "",
          "Final-Recipient: rfc822; \(MailText.line(failure.recipient))",
          "Action: failed",
          "Status: \(failure.statusCode)",
          "Diagnostic-Code: \(failure.diagnostic)",
          "Last-Attempt-Date: \(MailText.date(date))",
        ]
      } + [""]
  }

  private var headersHeading: [String] {
    let encoding = headers.contains { $0 > 0x7F } ? "8bit" : "7bit"
    return ["Content-Type: text/rfc822-headers", "Content-Transfer-Encoding: \(encoding)", ""]
  }

  /// The lines before the first empty one, as far as they are whole.
  static func headers(in start: [UInt8]) -> [UInt8] {
    let lineEnd: [UInt8] = [0x0D, 0x0A]
    if start.starts(with: lineEnd) { return [] }
    if let end = start.firstRange(of: lineEnd + lineEnd) {
      return Array(start[..<end.lowerBound]) + lineEnd
    }
    guard let last = start.lastIndex(of: 0x0A) else { return [] }
    return Array(start[...last])
  }
}

extension BounceMessage.Failure {
  /// The enhanced status code alone (RFC 3463); 5.0.0 when the reason has none.
  var statusCode: String {
    let code = reason.status.prefix { $0.isNumber || $0 == "." }
    let digits = code.split(separator: ".", omittingEmptySubsequences: false)
    let isCode = digits.count == 3 && digits[0] == "5" && digits.allSatisfy { Int($0) != nil }
    return isCode ? String(code) : "5.0.0"
  }

  /// Who said what: `smtp` for the peer's own words, `x-local` for the appliance's.
  var diagnostic: String {
    let words = MailText.line(reason.lines.joined(separator: " "), limit: 600)
    return reason.code == "000"
      ? "x-local; \(MailText.line(reason.status, limit: 100)) \(words)"
      : "smtp; \(MailText.line(reason.code, limit: 3)) \(words)"
  }

  /// The reason for people, a line for each of the peer's, at most ten.
  var explanation: [String] {
    [MailText.line(reason.status)] + reason.lines.prefix(10).map { MailText.line($0) }
  }
}
