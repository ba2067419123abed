/// How long a listener waits where the configuration does not say; times are monotonic.
public struct ConnectionLimits: Sendable {
  /// How long name servers may take to say what a client is called.
  public var lookupTime = Duration.seconds(20)
  /// How long a handshake may take.
  public var handshakeTime = Duration.seconds(60)
  /// How long a client may take to fetch the last reply.
  public var farewellTime = Duration.seconds(2)
  /// How much may be kept of all messages that are still coming, in bytes.
  public var messageMemory = 256 << 20

  /// Makes the usual limits.
  public init() {}
}
