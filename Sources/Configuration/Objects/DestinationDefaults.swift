/// The default entry of destination controls.
public struct DestinationDefaults: Codable, Hashable, Sendable {
  /// Connections at a time.
  public var maxConnections = 500
  /// Messages in one connection.
  public var maxMessagesPerConnection = 50
  /// The number of minutes over which recipients are counted.
  public var recipientMinutes = 60
  /// Recipients in those minutes; 0 means unlimited.
  public var recipientLimit = 0
  /// What the limits are counted over.
  public var scope = LimitScope()
  /// How hard TLS is tried.
  public var tls = OutboundTLS.off
  /// Whether DANE is used.
  public var dane = DANESupport.none
  /// Whether bounce verification tags addresses.
  public var bounceVerification = false
  /// The bounce profile's name.
  public var bounceProfile = "Default"
  /// Which addresses are preferred.
  public var addressPreference = AddressPreference.preferIPv6

  /// Makes the factory's entry.
  public init() {}
}
