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
