import Foundation
import Logs

/// The mail that tells a subscriber of an alert.
struct AlertMessage {
  let alert: Alert
  let hostName: String
  /// The sender's address; nil for the appliance's own.
  let fromAddress: String?
  /// The appliance's version and serial number.
  let heading: LogHeading
  let date: Date
  /// How many alerts like it were held back before it.
  let heldBack: Int

  /// `Warning <System> mail.example.com: …`, on one line and of bearable length.
  var subject: String {
    let cut = alert.text.count > 120 ? "\(alert.text.prefix(120))..." : alert.text
    return MailText.alert(alert.severity, alert.category, hostName: hostName, cut)
  }

  /// The whole message for one subscriber.
  func message(_ id: MessageID, to subscriber: String) -> NewMessage {
    NewMessage(
      id: id, sender: "", recipients: [subscriber], content: content(id, to: subscriber),
      isAlert: true, receivedAt: date)
  }

  /// What the header names as the sender; the envelope names none, so that nothing comes back.
  private var sender: String {
    fromAddress.map { MailText.line($0, limit: 320) } ?? "alert@\(hostName)"
  }

  private func content(_ id: MessageID, to subscriber: String) -> [UInt8] {
    let text = alert.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return MailText.bytes(
      [
        "From: \"Alerts of \(hostName)\" <\(sender)>",
        "To: <\(MailText.line(subscriber))>",
        "Subject: \(subject)",
        "Date: \(MailText.date(date))",
        "Message-ID: <\(id).\(Int(date.timeIntervalSince1970))@\(hostName)>",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=us-ascii",
        "",
      ] + text.map { MailText.line(String($0)) } + [
        "",
        "Severity:      \(MailText.line(alert.severity))",
        "Class:         \(MailText.line(alert.category))",
        "Appliance:     \(hostName)",
        "Time:          \(MailText.date(date))",
        "Version:       \(heading.version)",
        "Serial number: \(heading.serialNumber)",
      ]
        + (heldBack == 0
          ? [] : ["", "Held back since the last alert of this kind: \(heldBack)"]))
  }
}
