/// A TLS protocol version.
public enum TLSVersion: String, Codable, Sendable, CaseIterable, Comparable {
  case tls10 = "TLS v1.0"
  case tls11 = "TLS v1.1"
  case tls12 = "TLS v1.2"
  case tls13 = "TLS v1.3"

  /// Older is less.
  public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Methods and ciphers of one kind of service.
public struct SSLService: Codable, Hashable, Sendable {
  /// The oldest version.
  public var minimum = TLSVersion.tls11
  /// The newest version.
  public var maximum = TLSVersion.tls12
  /// An OpenSSL cipher list.
  public var ciphers = SSLSettings.factoryCiphers

  /// Makes the factory's settings.
  public init() {}

  /// The versions from the oldest to the newest.
  public var versions: [TLSVersion] {
    TLSVersion.allCases.filter { minimum <= $0 && $0 <= maximum }
  }
}

/// TLS methods and ciphers of the appliance's services (`sslconfig`).
public struct SSLSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.ssl

  /// The cipher list of a fresh appliance.
  public static let factoryCiphers =
    "HIGH:MEDIUM:DHE:ECDHE:!aNULL:!eNULL:!LOW:!EXP:!3DES:!RC4:!IDEA:!SEED:!CAMELLIA:!MD5:!PSK:!SRP:!DSS:@STRENGTH"

  /// HTTPS of the interfaces.
  public var gui = SSLService()
  /// Listeners.
  public var inbound = SSLService()
  /// Deliveries.
  public var outbound = SSLService()
  /// Whether a peer's names must be fully qualified.
  public var checksPeerFQDN = false
  /// Whether a peer's certificate must be strictly formed (RFC 5280).
  public var checksPeerX509 = false

  /// Makes the factory's settings of most releases.
  public init() {}

  /// Makes the factory's settings of a release.
  public init(release: Release) {
    var service = SSLService()
    service.minimum = release.factoryMinimumTLS
    service.maximum = release.factoryMaximumTLS
    gui = service
    inbound = service
    outbound = service
  }

  /// A kind of service with settings of its own.
  public enum ServiceKind: String, Sendable, CaseIterable {
    case gui, inbound, outbound

    /// The name in lists and sentences.
    public var title: String {
      switch self {
      case .gui: "GUI HTTPS"
      case .inbound: "Inbound SMTP"
      case .outbound: "Outbound SMTP"
      }
    }
  }

  /// The settings of one kind of service.
  public subscript(service: ServiceKind) -> SSLService {
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
