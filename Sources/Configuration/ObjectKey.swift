/// Where in a cluster a setting lives; `machine` until clusters come (G20).
public enum Level: String, Codable, Sendable, CaseIterable, Comparable {
  /// One machine's own setting.
  case machine
  /// A setting shared by the machines of one group.
  case group
  /// A setting shared by the whole cluster.
  case cluster

  /// Orders levels by name, which is all that a stable listing needs.
  public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}

/// What an object of the configuration is; the raw value names it in the store and the saved file.
public enum ObjectKind: String, Codable, Sendable, CaseIterable {
  case system, network, interface
  case interfaceGroup = "interface_group"
  case listener, injection, delivery, outbound, destination, route
  case certificate, authority, crl
  case crlChecks = "crl_checks"
  case authorityLists = "authority_lists"
  case ssl, ldap, alerts, dns
  case urlFiltering = "url_filtering"
  case dlp, amp, log, user
  case accountPolicy = "account_policy"
  case rollback

  /// The Swift type of this kind's values; the one place that lists them.
  public var type: any ConfigurationValue.Type {
    switch self {
    case .system: SystemSettings.self
    case .network: NetworkSettings.self
    case .interface: Interface.self
    case .interfaceGroup: InterfaceGroup.self
    case .listener: Listener.self
    case .injection: InjectionSettings.self
    case .delivery: DeliverySettings.self
    case .outbound: OutboundSettings.self
    case .destination: Destination.self
    case .route: Route.self
    case .certificate: CertificateProfile.self
    case .authority: CertificateAuthority.self
    case .crl: CRLSource.self
    case .crlChecks: CRLChecks.self
    case .authorityLists: AuthorityLists.self
    case .ssl: SSLSettings.self
    case .ldap: LDAPSettings.self
    case .alerts: AlertSettings.self
    case .dns: DNSSettings.self
    case .urlFiltering: URLFilteringSettings.self
    case .dlp: DLPSettings.self
    case .amp: AMPSettings.self
    case .log: LogSettings.self
    case .user: User.self
    case .accountPolicy: AccountPolicy.self
    case .rollback: RollbackSettings.self
    }
  }

  /// Whether it says who may come in, and to do what; only administrators change that.
  public var isAboutUsers: Bool { self == .user || self == .accountPolicy }

  /// Whether there is just one object of the kind, under the empty name.
  public var isSingleton: Bool { type is any SingletonValue.Type }
}

/// The name of one object: level, kind and, except for singletons, a name of its own.
public struct ObjectKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Where in a cluster it lives.
  public var level: Level
  /// What it is.
  public var kind: ObjectKind
  /// Its own name; empty for singletons.
  public var name: String

  /// Makes a key.
  public init(level: Level = .machine, kind: ObjectKind, name: String = "") {
    self.level = level
    self.kind = kind
    self.name = name
  }

  /// Reads as `listener/IncomingMail`, or `system` for a singleton.
  public var description: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue)/\(name)" }

  /// Orders keys as a listing shows them: by level, the kind's place in `ObjectKind`, name.
  public static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    if left.level != right.level { return left.level < right.level }
    if left.kind != right.kind { return left.kind.position < right.kind.position }
    return left.name < right.name
  }
}

extension ObjectKind {
  fileprivate var position: Int { Self.positions[self, default: 0] }
  private static let positions = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
