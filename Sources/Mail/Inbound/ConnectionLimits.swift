/// How much a listener bears; times are monotonic.
public struct ConnectionLimits: Sendable {
  /// Connections at a time, over all listeners.
  public var connections = 600
  /// TLS connections at a time, over all listeners.
  public var tlsConnections = 400
  /// How long name servers may take to say what a client is called.
  public var lookupTime = Duration.seconds(20)
  /// How long a client may take for its next command.
  public var idleTime = Duration.seconds(300)
  /// How long a handshake may take.
  public var handshakeTime = Duration.seconds(60)
  /// How long a connection may last.
  public var connectionTime = Duration.seconds(900)
  /// How long a client may take to fetch the last reply.
  public var farewellTime = Duration.seconds(2)

  /// Makes the usual limits.
  public init() {}
}
