/// What an SMTP client says about a message before its content.
public struct ClientEnvelope: Hashable, Sendable {
  /// The sender without brackets; empty for a bounce.
  public var sender: String
  /// The recipients without brackets; never empty.
  public var recipients: [String]
  /// Bytes of content, told to servers that list SIZE.
  public var size: Int
  /// Whether the content holds bytes above 127.
  public var isEightBit: Bool

  /// Makes an envelope.
  public init(sender: String, recipients: [String], size: Int, isEightBit: Bool = false) {
    self.sender = sender
    self.recipients = recipients
    self.size = size
    self.isEightBit = isEightBit
  }

  /// The MAIL command for a server with these extensions.
  func mailCommand(for server: ServerExtensions) -> String {
    var command = "MAIL FROM:<\(Self.safe(sender))>"
    if server.takesSize { command += " SIZE=\(size)" }
    if server.takesEightBit, isEightBit { command += " BODY=8BITMIME" }
    return command
  }

  /// The RCPT command for one recipient.
  func recipientCommand(_ index: Int) -> String { "RCPT TO:<\(Self.safe(recipients[index]))>" }

  /// No address holds control characters; if one did, it would be a command of its own.
  private static func safe(_ address: String) -> String {
    String(
      String.UnicodeScalarView(address.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
  }
}

/// What became of one recipient in a transaction.
public struct RecipientReply: Hashable, Sendable {
  /// The command whose reply decided.
  public enum Stage: Hashable, Sendable {
    case mail, rcpt, data
  }

  /// The command whose reply decided; the content belongs to DATA.
  public let stage: Stage
  /// The reply; 2yz means that the server has taken the message for this recipient.
  public let reply: Reply

  /// Makes a reply at its stage.
  public init(_ stage: Stage, _ reply: Reply) {
    self.stage = stage
    self.reply = reply
  }
}
