/// The commands that carry a message (RFC 5321 §3.3), and the owner's answers to them.
extension ServerSession {
  /// The message that was begun.
  struct Envelope: Sendable {
    var sender: EnvelopeAddress
    /// The size that the client announced, in bytes.
    var announcedSize: Int
    /// Those that were accepted.
    var recipients: [EnvelopeAddress] = []
  }

  // MARK: Answers

  /// The sender or the recipient may be.
  public mutating func accept() {
    switch state {
    case .asking(.sender):
      guard let sender = envelope?.sender else { return }
      answer(.senderOK(sender))
    case .asking(.recipient(let recipient)):
      envelope?.recipients.append(recipient)
      answer(.recipientOK(recipient))
    default: break
    }
  }

  /// The client may send the message.
  ///
  /// - Parameter header: whole lines that will stand before it.
  public mutating func accept(header: [UInt8]) {
    guard state == .asking(.data), let envelope else { return }
    decoder = DataDecoder(
      header: header, limit: settings.maximumSize, expected: envelope.announcedSize)
    following = .reply(.goAheadWithMessage)
    state = .receiving
  }

  /// How many bytes of a message that is still coming are kept.
  public var messageBytes: Int { decoder?.content.count ?? 0 }

  /// Keeps nothing of the message that is coming; at its end the client is told to come later.
  public mutating func dropMessage() { decoder?.drop() }

  /// The message is safe: whatever happens now, it will not be lost.
  ///
  /// - Parameter id: its number.
  public mutating func accept(as id: Int) {
    guard state == .asking(.message) else { return }
    answer(.messageAccepted(id))
  }

  /// What was asked for may not be.
  public mutating func refuse(_ reply: Reply) {
    if state == .asking(.sender) { envelope = nil }
    if isAsking { answer(reply) }
  }

  private mutating func answer(_ reply: Reply) {
    following = .reply(reply)
    state = .open
  }

  // MARK: Commands

  mutating func mail(_ argument: PathArgument) -> Step {
    guard envelope == nil else { return bad(.nestedMail) }
    let sender = argument.address.completed(with: settings.defaultDomain)
    if !isEncrypted, settings.sendersRequiringTLS.contains(where: sender.matches) {
      return .reply(.senderMustStartTLS)
    }
    let parameters: MailParameters
    do throws(MailParameters.Fault) {
      parameters = try MailParameters(argument.parameters)
    } catch {
      return bad(error == .unknown ? .unknownParameter(of: "MAIL") : .invalidParameter(of: "MAIL"))
    }
    let size = parameters.size ?? 0
    if size > settings.maximumSize { return .reply(.messageTooLarge) }
    if messageCount >= settings.messageLimit { return close(.tooManyMessages) }
    envelope = Envelope(sender: sender, announcedSize: size)
    state = .asking(.sender)
    return .sender(sender)
  }

  mutating func recipient(_ argument: PathArgument) -> Step {
    guard let envelope else { return bad(.mailFirst) }
    guard argument.parameters.isEmpty else { return bad(.unknownParameter(of: "RCPT")) }
    guard envelope.recipients.count < settings.recipientLimit else {
      return .reply(.tooManyRecipients)
    }
    let recipient = argument.address.completed(with: settings.defaultDomain)
    if let refusal = settings.recipients.refusal(of: recipient) {
      following = .reply(refusal)
      return .rejectedRecipient(recipient)
    }
    state = .asking(.recipient(recipient))
    return .recipient(recipient, index: envelope.recipients.count)
  }

  mutating func data() -> Step {
    guard let envelope else { return bad(.mailFirst) }
    guard !envelope.recipients.isEmpty else { return bad(.recipientFirst) }
    state = .asking(.data)
    return .data
  }

  /// The step when the whole message was read; nil before.
  mutating func messageStep() -> Step? {
    guard let decoder, decoder.isComplete, let envelope else { return nil }
    self.decoder = nil
    self.envelope = nil
    messageCount += 1
    switch decoder.fault {
    case .tooLarge: return giveUp(.tooLarge, .messageTooLarge)
    case .bareLineEnd: return giveUp(.bareLineEnd, .bareLineEnds)
    case .noRoom: return giveUp(.noRoom, .queueFull)
    case nil:
      state = .asking(.message)
      return .message(
        ReceivedMessage(
          sender: envelope.sender, recipients: envelope.recipients, content: decoder.content,
          size: decoder.size, isEightBit: decoder.isEightBit))
    }
  }

  private mutating func giveUp(_ reason: Abandonment, _ reply: Reply) -> Step {
    answer(reply)
    return .abandoned(reason)
  }

  /// Replies to a command that ends the message that was begun, if there is one.
  mutating func abandon(thenReply reply: Reply) -> Step {
    guard envelope != nil else { return .reply(reply) }
    envelope = nil
    return giveUp(.byClient, reply)
  }
}
