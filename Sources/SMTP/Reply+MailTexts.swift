/// The texts of the appliance's listener about messages, to the byte.
extension Reply {
  /// The answer to MAIL.
  public static func senderOK(_ sender: EnvelopeAddress) -> Reply {
    Reply(250, "sender \(sender) ok")
  }
  /// The answer to RCPT.
  public static func recipientOK(_ recipient: EnvelopeAddress) -> Reply {
    Reply(250, "recipient \(recipient) ok")
  }
  /// The answer to DATA.
  public static let goAheadWithMessage = Reply(354, "go ahead")
  /// The answer to a message; there are two blanks.
  public static func messageAccepted(_ id: Int) -> Reply {
    Reply(250, "ok:  Message \(id) accepted")
  }

  /// MAIL while a message is begun.
  public static let nestedMail = Reply(503, "#5.5.1 sender already specified")
  /// RCPT or DATA before MAIL.
  public static let mailFirst = Reply(503, "#5.5.1 MAIL first")
  /// DATA before a recipient was accepted.
  public static let recipientFirst = Reply(503, "#5.5.1 RCPT first")
  /// A parameter that no extension knows (RFC 5321 §4.1.1.11).
  public static func unknownParameter(of verb: String) -> Reply {
    Reply(555, "#5.5.4 unknown parameter in \(verb) command")
  }
  /// A parameter with a value that it cannot have.
  public static func invalidParameter(of verb: String) -> Reply {
    Reply(501, "#5.5.4 invalid parameter in \(verb) command")
  }

  /// A recipient for whom no mail is taken.
  public static let addressRejected = Reply(550, "#5.1.0 Address rejected.")
  /// More recipients than a message may have.
  public static let tooManyRecipients = Reply(452, "#4.5.3 Too many recipients")
  /// More recipients than a host may have in an hour.
  public static let tooManyRecipientsThisHour = Reply(
    452, "#4.5.3 Too many recipients received this hour")
  /// More messages than a connection may carry.
  public static let tooManyMessages = Reply(421, "#4.4.5 Too many messages in this connection")

  /// A message that is, or is announced to be, larger than the limit.
  public static let messageTooLarge = Reply(552, "#5.3.4 message size exceeds limit")
  /// A message in which CR or LF stands by itself.
  public static let bareLineEnds = Reply(
    554, "message body contains illegal bare CR/LF characters.")
  /// A message that went through too many hosts (RFC 5321 §6.3).
  public static let tooManyHops = Reply(554, "#5.4.6 too many hops")
  /// The queue, or the disk under it, is full.
  public static let queueFull = Reply(452, "#4.3.1 queue full")
  /// The server cannot do this at present.
  public static let serverError = Reply(451, "#4.3.0 Server Error")
}
