/// One domain's entry; nil values come from the defaults (`destconfig`).
public struct Destination: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.destination

  /// Connections at a time.
  public var maxConnections: Int?
  /// Messages in one connection.
  public var maxMessagesPerConnection: Int?
  /// The number of minutes over which recipients are counted.
  public var recipientMinutes: Int?
  /// Recipients in those minutes.
  public var recipientLimit: Int?
  /// What the limits are counted over.
  public var scope: LimitScope?
  /// How hard TLS is tried.
  public var tls: OutboundTLS?
  /// Whether DANE is used.
  public var dane: DANESupport?
  /// Whether bounce verification tags addresses.
  public var bounceVerification: Bool?
  /// The bounce profile's name.
  public var bounceProfile: String?
  /// Which addresses are preferred.
  public var addressPreference: AddressPreference?

  /// Makes an entry that takes everything from the defaults.
  public init() {}
}

/// What a domain's limits are counted over, and who counts.
public struct LimitScope: Codable, Hashable, Sendable {
  /// Whether each mail exchanger address has the limit for itself.
  public var isPerExchanger = false
  /// Whether each virtual gateway has the limit for itself.
  public var isPerGateway = false

  /// Makes the factory's scope: the whole domain, system wide.
  public init() {}
}

/// Which addresses of a mail exchanger are preferred.
public enum AddressPreference: String, Codable, Sendable, CaseIterable {
  case preferIPv6 = "PREFER_V6"
  case requireIPv6 = "REQUIRE_V6"
  case preferIPv4 = "PREFER_V4"
  case requireIPv4 = "REQUIRE_V4"
}
