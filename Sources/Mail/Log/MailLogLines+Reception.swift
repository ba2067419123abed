import SMTP

/// Messages that come in.
extension MailLogLines {
  static func start(_ message: MessageID, _ id: ICID) -> String {
    "Start MID \(message) ICID \(id)"
  }

  static func sender(_ message: MessageID, _ id: ICID, _ sender: EnvelopeAddress) -> String {
    "MID \(message) ICID \(id) From: \(sender)"
  }

  static func recipient(
    _ message: MessageID, _ id: ICID, index: Int, _ recipient: EnvelopeAddress
  ) -> String { "MID \(message) ICID \(id) RID \(index) To: \(recipient)" }

  static func rejected(_ message: MessageID, _ id: ICID, _ recipient: EnvelopeAddress) -> String {
    "MID \(message) ICID \(id) To: \(recipient) Rejected by RAT"
  }

  static func rejectedByLimit(
    _ message: MessageID, _ id: ICID, _ recipient: EnvelopeAddress
  ) -> String { "MID \(message) ICID \(id) To: \(recipient) Rejected by recipient limit" }

  static func messageID(_ message: MessageID, _ text: String) -> String {
    "MID \(message) Message-ID '\(text)'"
  }

  /// - Parameter isQuotedSingly: whether the release quotes with apostrophes.
  static func subject(_ message: MessageID, _ text: String, isQuotedSingly: Bool) -> String {
    isQuotedSingly ? "MID \(message) Subject '\(text)'" : "MID \(message) Subject \"\(text)\""
  }

  static func ready(_ message: MessageID, size: Int, _ sender: EnvelopeAddress) -> String {
    "MID \(message) ready \(size) bytes from \(sender)"
  }

  /// - Parameter isOutgoing: whether it came from a host that may relay.
  static func matched(_ message: MessageID, isOutgoing: Bool) -> String {
    "MID \(message) matched all recipients for per-recipient policy DEFAULT in the"
      + " \(isOutgoing ? "outbound" : "inbound") table"
  }

  static func queued(_ message: MessageID) -> String { "MID \(message) queued for delivery" }

  static func discarded(_ message: MessageID, listener: String) -> String {
    "MID \(message) discarded by blackhole listener \(listener)"
  }

  /// The two lines of a message that does not come, or is not taken.
  static func aborted(_ message: MessageID, _ reason: AbortReason) -> [String] {
    [
      "Message aborted MID \(message) \(reason.rawValue)",
      "Message finished MID \(message) aborted",
    ]
  }

  /// Why a message does not come, or is not taken.
  enum AbortReason: String {
    case byClient = "Receiving aborted by sender"
    case tooLarge = "Message size exceeds limit"
    case bareLineEnd = "Message body contains bare CR/LF characters"
    case tooManyHops = "Too many hops"
    case queueFull = "Queue full"
    case serverError = "Server error"
  }
}
