/// Where a revocation list comes from (`certconfig` > CRL).
public struct CRLSource: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.crl

  /// How the list is encoded.
  public enum Encoding: String, Codable, Sendable, CaseIterable {
    case pem, asn1
  }

  /// How the list is encoded.
  public var encoding = Encoding.pem
  /// A URL, or a file in the appliance's `configuration` folder.
  public var primary = ""
  /// Where to look when the primary fails; may be empty.
  public var secondary = ""
  /// Minutes between automatic updates; 0 means by hand only.
  public var updateInterval = 0
  /// Whether the source is used.
  public var isEnabled = true

  /// Makes a source with its defaults.
  public init() {}

  /// What a source is known by, whatever its schedule: lists of another origin are other lists.
  public struct Origin: Codable, Hashable, Sendable {
    /// How the list is encoded.
    public let encoding: Encoding
    /// Where to look, in this order.
    public let places: [String]
  }

  /// Where the lists come from.
  public var origin: Origin {
    Origin(encoding: encoding, places: [primary, secondary].filter { !$0.isEmpty })
  }
}

/// For which connections certificates are looked for in revocation lists.
public struct CRLChecks: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.crlChecks

  /// Clients of listeners that verify them.
  public var inbound = false
  /// Servers that deliveries verify.
  public var outbound = false
  /// Clients of the web interface.
  public var gui = false

  /// Makes the factory's settings.
  public init() {}

  /// The switch of one kind of service.
  public subscript(service: SSLSettings.ServiceKind) -> Bool {
    get {
      switch service {
      case .gui: gui
      case .inbound: inbound
      case .outbound: outbound
      }
    }
    set {
      switch service {
      case .gui: gui = newValue
      case .inbound: inbound = newValue
      case .outbound: outbound = newValue
      }
    }
  }
}
