/// A message that a client sent whole, not yet accepted.
public struct ReceivedMessage: Hashable, Sendable {
  /// The envelope's sender; empty for a bounce.
  public let sender: EnvelopeAddress
  /// The recipients that were accepted, in their order; at least one.
  public let recipients: [EnvelopeAddress]
  /// The server's header and the message: each line ends with CR LF, and no CR or LF stands
  /// anywhere else.
  public let content: [UInt8]
  /// How many bytes of the content came from the client: the last ones.
  public let size: Int
  /// Whether there are bytes above 127.
  public let isEightBit: Bool
}
