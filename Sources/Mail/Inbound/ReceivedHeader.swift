import Foundation

/// The Received header that the appliance puts before a message (RFC 5321 §4.4).
struct ReceivedHeader {
  /// The longest name that is taken over from a client, in bytes.
  private static let longestName = 255

  /// What is known of the client.
  var client: SenderFacts
  /// What the client called itself; nil for nothing.
  var clientName: String?
  /// The name of the receiving interface.
  var hostName: String
  /// The connection's cipher; nil in clear.
  var cipher: String?
  /// When the message began, on the appliance's calendar.
  var date: Date

  /// The header's two lines, with their ends.
  var bytes: [UInt8] {
    let name = client.hostName.map { "\($0)" } ?? "unknown"
    var text = "Received: from \(name) "
    if let clientName, clientName.lowercased() != name {
      text += "(HELO \(Self.harmless(clientName))) "
    }
    text += "([\(client.address)])\r\n  by \(hostName) with ESMTP"
    if let cipher { text += "/TLS/\(cipher)" }
    text += "; \(MailText.date(date))\r\n"
    return Array(text.utf8)
  }

  /// A client's word for itself cannot end the comment in which it stands.
  private static func harmless(_ name: String) -> String {
    String(MailText.line(name, limit: longestName).map { "()\\".contains($0) ? "?" : $0 })
  }
}
