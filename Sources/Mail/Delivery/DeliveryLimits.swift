/// How patient deliveries are, and how much they remember; all times are monotonic (RFC 5321 §4.5.3.2).
public struct DeliveryLimits: Sendable {
  /// How long a connection may take to be made.
  public var connectTime = Duration.seconds(60)
  /// How long a peer may take for a reply.
  public var replyTime = Duration.seconds(300)
  /// How long a handshake may take.
  public var handshakeTime = Duration.seconds(60)
  /// How long a peer may take for the next piece of content.
  public var blockTime = Duration.seconds(180)
  /// How long a peer may take for the reply to the final dot.
  public var finalReplyTime = Duration.seconds(600)
  /// How long a connection stays after its last message.
  public var idleTime = Duration.seconds(5)
  /// How long a peer may take for the reply to QUIT.
  public var farewellTime = Duration.seconds(2)
  /// Destinations that are remembered though nothing waits for them.
  public var restingDestinations = 1000

  /// Makes the usual limits.
  public init() {}
}
