/// A service that receives mail on an interface (`listenerconfig`).
///
/// Its host access and recipient tables are part of it, since their order matters inside.
public struct Listener: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.listener

  /// Who is expected to connect.
  public enum Role: String, Codable, Sendable, CaseIterable {
    /// Hosts of one's own network, to send outward.
    case `private` = "Private"
    /// The Internet.
    case `public` = "Public"
    /// Accepts and discards.
    case blackhole = "Blackhole"
  }

  /// Who is expected to connect.
  public var role: Role
  /// The interface's name.
  public var interface: String
  /// The TCP port, 1 to 65535.
  public var port: Int
  /// The certificate profile that STARTTLS presents.
  public var certificate: String
  /// The domain added to addresses without one; may be empty.
  public var defaultDomain: String
  /// The most connections at a time.
  public var maxConnections: Int
  /// Length of the TCP accept queue.
  public var tcpQueue: Int
  /// The bounce profile's name.
  public var bounceProfile: String
  /// Sender groups and mail flow policies.
  public var hostAccess: HostAccessTable
  /// Domains and addresses for which mail is accepted; empty for a private listener.
  public var recipientAccess: [RecipientRule]

  /// Makes a listener with the usual limits.
  public init(
    role: Role, interface: String, port: Int = 25,
    certificate: String = CertificateProfile.demoName, defaultDomain: String = "",
    maxConnections: Int = 300, tcpQueue: Int = 50, bounceProfile: String = "Default",
    hostAccess: HostAccessTable, recipientAccess: [RecipientRule] = []
  ) {
    self.role = role
    self.interface = interface
    self.port = port
    self.certificate = certificate
    self.defaultDomain = defaultDomain
    self.maxConnections = maxConnections
    self.tcpQueue = tcpQueue
    self.bounceProfile = bounceProfile
    self.hostAccess = hostAccess
    self.recipientAccess = recipientAccess
  }
}

/// One line of a recipient access table: the first match from the top decides.
public struct RecipientRule: Codable, Hashable, Sendable {
  /// An address, a domain, `.domain`, or `ALL`.
  public var pattern: String
  /// Whether mail for it is accepted.
  public var isAccepted: Bool
  /// The text of a rejection; empty for the usual one.
  public var response: String

  /// Makes a rule.
  public init(pattern: String, isAccepted: Bool, response: String = "") {
    self.pattern = pattern
    self.isAccepted = isAccepted
    self.response = response
  }
}
