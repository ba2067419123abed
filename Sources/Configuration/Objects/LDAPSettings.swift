public import PKI

/// LDAP servers and how they are connected to (`ldapconfig`).
public struct LDAPSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.ldap

  /// The interface that queries leave from; nil for Auto.
  public var interface: String?
  /// Whether a group query that cannot be completed counts as one that finds nothing.
  public var toleratesFailedGroupQueries = true
  /// Whether the server's certificate must verify.
  public var validatesServerCertificate = false
  /// The client certificate's profile.
  public var certificate = CertificateProfile.demoName
  /// The servers, in the order of the list.
  public var servers: [LDAPServer] = []

  /// Makes the factory's settings.
  public init() {}

  /// Decodes settings; those of earlier programs say nothing of group queries.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    interface = try values.decodeIfPresent(String.self, forKey: .interface)
    toleratesFailedGroupQueries =
      try values.decodeIfPresent(Bool.self, forKey: .toleratesFailedGroupQueries) ?? true
    validatesServerCertificate = try values.decode(Bool.self, forKey: .validatesServerCertificate)
    certificate = try values.decode(String.self, forKey: .certificate)
    servers = try values.decode([LDAPServer].self, forKey: .servers)
  }
}

/// One server profile of `ldapconfig`: hosts that know the same, and what they are asked.
public struct LDAPServer: Codable, Hashable, Sendable {
  /// What kind of directory it is; decides what is offered as port and as query.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case activeDirectory = "Active Directory"
    case openLDAP = "OpenLDAP"
    case other = "Unknown or Other"
  }

  /// How a connection is protected.
  public enum Security: String, Codable, Sendable, CaseIterable {
    /// Not at all.
    case none = "None"
    /// TLS from the first byte on.
    case ldaps = "LDAPS"
    /// TLS after a request in clear (RFC 4511 section 4.14).
    case startTLS = "StartTLS"
  }

  /// Whom the appliance binds as.
  public struct Credentials: Codable, Hashable, Sendable {
    /// A distinguished name, or what else the server takes for one.
    public var name: String
    /// The password; never empty.
    public var password: Secret

    /// Makes credentials.
    public init(name: String, password: Secret) {
      self.name = name
      self.password = password
    }
  }

  /// A question that is put to the directory.
  public struct Query: Codable, Hashable, Sendable {
    /// The name under which it is chosen.
    public var name: String
    /// An LDAP filter with the appliance's tokens, such as `(mail={a})`.
    public var filter: String

    /// Makes a query.
    public init(name: String, filter: String) {
      self.name = name
      self.filter = filter
    }
  }

  /// The profile's name.
  public var name: String
  /// Host names or addresses, the first to be asked first.
  public var hosts: [String]
  /// The TCP port.
  public var port: Int
  /// What kind of directory it is.
  public var kind: Kind
  /// How connections are protected.
  public var security: Security
  /// Where searches begin.
  public var base: String
  /// Whom the appliance binds as; nil for anonymous.
  public var credentials: Credentials?
  /// Whether a recipient is accepted; nil where that is not asked.
  public var acceptQuery: Query?
  /// Whether an address belongs to a group; nil where that is not asked.
  public var groupQuery: Query?

  /// Makes a profile without queries.
  public init(
    name: String, hosts: [String], port: Int = 389, kind: Kind = .other,
    security: Security = .none, base: String, credentials: Credentials? = nil
  ) {
    self.name = name
    self.hosts = hosts
    self.port = port
    self.kind = kind
    self.security = security
    self.base = base
    self.credentials = credentials
  }

  /// Its queries.
  public var queries: [Query] { [acceptQuery, groupQuery].compactMap(\.self) }
}

extension LDAPServer {
  private enum EarlierKeys: String, CodingKey {
    case usesTLS, baseDN, bindDN
  }

  /// Decodes a profile; that of an earlier program has other names, and knows no password.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    hosts = try values.decode([String].self, forKey: .hosts)
    port = try values.decode(Int.self, forKey: .port)
    guard values.contains(.base) else {
      let values = try decoder.container(keyedBy: EarlierKeys.self)
      kind = .other
      security = try values.decode(Bool.self, forKey: .usesTLS) ? .ldaps : .none
      base = try values.decode(String.self, forKey: .baseDN)
      let bindName = try values.decode(String.self, forKey: .bindDN)
      credentials = bindName.isEmpty ? nil : Credentials(name: bindName, password: Secret(""))
      return
    }
    kind = try values.decode(Kind.self, forKey: .kind)
    security = try values.decode(Security.self, forKey: .security)
    base = try values.decode(String.self, forKey: .base)
    credentials = try values.decodeIfPresent(Credentials.self, forKey: .credentials)
    acceptQuery = try values.decodeIfPresent(Query.self, forKey: .acceptQuery)
    groupQuery = try values.decodeIfPresent(Query.self, forKey: .groupQuery)
  }
}
