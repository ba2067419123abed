/// How mail leaves the appliance (`deliveryconfig`).
public struct DeliverySettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.delivery

  /// The interface that deliveries leave from; nil for Auto (G11).
  public var interface: String?
  /// Whether a connection lost after the final dot counts as delivered.
  public var possibleDelivery = false
  /// Connections at a time, over all domains.
  public var maxConnections = 10000
  /// TLS connections at a time, over all domains.
  public var maxTLSConnections = 100

  /// Makes the factory's settings.
  public init() {}
}

/// The global settings of destination controls (`destconfig` > SETUP).
public struct OutboundSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.outbound

  /// The certificate profile presented to peers that ask for one.
  public var certificate = CertificateProfile.demoName
  /// Whether a failed required TLS connection raises an alert (G15).
  public var alertsOnRequiredTLSFailure = false
  /// The entry for every domain without one of its own.
  public var defaults = DestinationDefaults()

  /// Makes the factory's settings.
  public init() {}
}

/// How hard TLS is tried towards a domain (G14).
///
/// Two facts, not one order: see the properties.
public enum OutboundTLS: String, Codable, Sendable, CaseIterable {
  case off = "off"
  case preferred = "on"
  case required = "required"
  case preferredVerify = "on_verify"
  case requiredVerify = "require_verify"
  case requiredVerifyHosted = "require_verify_hosted"

  /// Nothing travels in clear text.
  public var requiresEncryption: Bool {
    self == .required || self == .requiredVerify || self == .requiredVerifyHosted
  }
  /// The peer's certificate is checked.
  public var verifiesPeer: Bool {
    self == .preferredVerify || self == .requiredVerify || self == .requiredVerifyHosted
  }
}

/// Whether DANE (RFC 7672) is used towards a domain.
public enum DANESupport: String, Codable, Sendable, CaseIterable {
  case none, opportunistic, mandatory
}

/// Which addresses of a mail exchanger are preferred.
public enum AddressPreference: String, Codable, Sendable, CaseIterable {
  case preferIPv6 = "PREFER_V6"
  case requireIPv6 = "REQUIRE_V6"
  case preferIPv4 = "PREFER_V4"
  case requireIPv4 = "REQUIRE_V4"
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

/// Where mail for a domain goes in place of its MX hosts (`smtproutes`).
public struct Route: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.route

  /// One host of a route.
  public struct Host: Codable, Hashable, Sendable {
    /// A host name or an address.
    public var host: String
    /// The TCP port.
    public var port: Int
    /// Lower is tried first.
    public var priority: Int

    /// Makes a host entry.
    public init(host: String, port: Int = 25, priority: Int = 0) {
      self.host = host
      self.port = port
      self.priority = priority
    }
  }

  /// The hosts, in the order given.
  public var hosts: [Host]

  /// Makes a route.
  public init(hosts: [Host]) { self.hosts = hosts }
}
