public import Configuration
import PKI

extension ObjectKind {
  /// A value of the kind with nothing said that need not be: against it a test sees which
  /// properties are filled.
  ///
  /// A new named kind does not compile without an entry here; singletons have theirs by `init()`.
  public func baseline(pool: CertificatePool) throws -> any ConfigurationValue {
    if let type = type as? any SingletonValue.Type { return type.init() }
    return switch self {
    case .interface: Interface(address: nil, ethernet: "", hostName: "")
    case .interfaceGroup: InterfaceGroup(interfaces: [])
    case .listener:
      Listener(
        role: .private, interface: "",
        hostAccess: HostAccessTable(groups: [], policies: [], defaults: PolicyParameters()))
    case .destination: Destination()
    case .route: Route(hosts: [])
    case .certificate:
      CertificateProfile(
        certificate: try pool.certificate("Baseline", key: pool.rsaKeys[0]),
        key: Secret(bytes: []), intermediates: [],
        request: try CertificateRequest(
          subject: DistinguishedName(commonName: "Baseline"), key: pool.rsaKeys[0]))
    case .authority:
      CertificateAuthority(certificate: try pool.certificate("Baseline", key: pool.rsaKeys[0]))
    case .crl: CRLSource()
    case .user: User(role: .guest)
    case .system, .network, .injection, .delivery, .outbound, .authorityLists, .crlChecks, .ssl,
      .ldap, .alerts, .dns,
      .urlFiltering, .dlp, .amp, .log, .accountPolicy, .rollback:
      throw ConfigurationError("The kind \(rawValue) is no singleton and has no baseline.")
    }
  }

  /// A value of the kind that is unlike the baseline in every property.
  public func fabricated(pool: CertificatePool) throws -> any ConfigurationValue {
    func fabricate<Value: ConfigurationValue>(_ baseline: Value) throws -> any ConfigurationValue {
      try Fabricator(pool: pool).value(unlike: baseline)
    }
    return try fabricate(baseline(pool: pool))
  }
}

extension Configuration {
  /// A configuration that holds one fabricated object of every kind; it breaks the rules.
  public static func fabricated(pool: CertificatePool) throws -> Configuration {
    var configuration = Configuration()
    for kind in ObjectKind.allCases {
      let name = kind.isSingleton ? "" : Fabricator.text(kind.rawValue)
      configuration[ObjectKey(kind: kind, name: name)] = try kind.fabricated(pool: pool)
    }
    return configuration
  }

  /// The factory's configuration with the pool's certificate as `Demo`.
  public static func factory(
    release: Release = .release14, pool: CertificatePool
  ) throws -> Configuration {
    .factory(
      release: release,
      demo: try pool.profile("Cisco Appliance Demo Certificate"))
  }
}
