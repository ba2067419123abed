/// A recipient that waits in the queue: what `showrecipients` shows.
public struct QueueEntry: Codable, Hashable, Sendable {
  /// The message's number (MID).
  public var message: Int
  /// Bytes of the message.
  public var size: Int
  /// The envelope sender; empty for a bounce.
  public var sender: String
  /// The message's subject, in one line.
  public var subject: String
  /// The recipient's place in the envelope (RID).
  public var recipient: Int
  /// The recipient's address.
  public var address: String
  /// Attempts that failed so far.
  public var attempts: Int

  /// Makes an entry.
  public init(
    message: Int, size: Int, sender: String, subject: String, recipient: Int, address: String,
    attempts: Int
  ) {
    self.message = message
    self.size = size
    self.sender = sender
    self.subject = subject
    self.recipient = recipient
    self.address = address
    self.attempts = attempts
  }
}
