public import Addresses

/// The system's own settings (`sethostname`).
public struct SystemSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.system

  /// The name in the main prompt; without effect on TLS (G10).
  public var hostName = "mail.example.com"

  /// Makes the factory's settings.
  public init() {}
}

/// The way out of the local networks (`setgateway`).
public struct NetworkSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.network

  /// The default gateway.
  public var gateway = IPv4Address(bits: 0xC0A8_01FE)

  /// Makes the factory's settings.
  public init() {}
}

/// Whether a commit is kept for rollback (`rollbackconfig` > SETUP).
public struct RollbackSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.rollback

  /// Whether `commit` asks for it.
  public var isEnabled = true

  /// Makes the factory's settings.
  public init() {}
}

/// Name servers for the real network (`dnsconfig`).
public struct DNSSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.dns

  /// Servers for one domain.
  public struct DomainServers: Codable, Hashable, Sendable {
    /// The domain.
    public var domain: String
    /// Its servers' addresses.
    public var servers: [String]

    /// Makes an entry.
    public init(domain: String, servers: [String]) {
      self.domain = domain
      self.servers = servers
    }
  }

  /// Servers for everything; empty for the Internet's root servers.
  public var servers: [String] = []
  /// Servers for single domains.
  public var domains: [DomainServers] = []

  /// Makes the factory's settings.
  public init() {}
}

/// The client certificate for RSA Enterprise Manager (`dlpconfig`, release 11.0 only).
public struct DLPSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.dlp

  /// The profile; nil for none.
  public var certificate: String?

  /// Makes the factory's settings.
  public init() {}
}

/// The client certificate for Threat Grid (`ampconfig` > ADVANCED).
public struct AMPSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.amp

  /// The profile; nil for none.
  public var certificate: String?

  /// Makes the factory's settings.
  public init() {}
}
