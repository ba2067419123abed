/// How much the HTTPS pages of interfaces bear of strangers; times are monotonic.
public struct WebLimits: Sendable {
  /// The most connections at a time.
  public var connections = 200
  /// The most of them from one address: no host takes the places of all others.
  public var connectionsOfOneAddress = 50
  /// The most requests over one connection; the answer to the last says that it is.
  public var requests = 100
  /// How long a client may take until a request is whole, the handshake included.
  public var requestTime = Duration.seconds(30)
  /// How long a connection may last.
  public var connectionTime = Duration.seconds(300)
  /// How long a client may take to fetch the last answer.
  public var farewellTime = Duration.seconds(5)

  /// Makes the usual limits.
  public init() {}
}
