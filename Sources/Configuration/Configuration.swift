/// The whole configuration: a map of objects, with a typed view of each kind.
///
/// A value type: a draft is a copy, and giving a draft up is forgetting the copy.
public struct Configuration: Hashable, Sendable {
  /// Where the objects of one kind are kept.
  struct Place: Hashable, Sendable {
    let level: Level
    let kind: ObjectKind
  }

  /// The objects of each place by name; no place is empty.
  ///
  /// A place that a change does not touch stays shared between copies, and then is not even
  /// looked at when configurations are compared.
  private(set) var places: [Place: [String: AnyConfigurationValue]] = [:]

  /// Passphrases and keys that become valid with the commit, by user.
  ///
  /// They are no objects: they stand outside the history, and a committed configuration has none.
  public var credentials: [String: CredentialChange] = [:]

  /// Makes a configuration of these objects; singletons not among them have factory settings.
  public init(objects: [ObjectKey: AnyConfigurationValue] = [:]) {
    for (key, value) in objects { self[stored: key] = value }
  }

  /// Every object under its key.
  public var objects: [ObjectKey: AnyConfigurationValue] {
    var objects: [ObjectKey: AnyConfigurationValue] = [:]
    for (place, values) in places {
      for (name, value) in values {
        objects[ObjectKey(level: place.level, kind: place.kind, name: name)] = value
      }
    }
    return objects
  }

  /// The object under a key, as it is kept; setting nil removes it.
  public subscript(stored key: ObjectKey) -> AnyConfigurationValue? {
    get { self[place: Place(level: key.level, kind: key.kind)][key.name] }
    set { self[place: Place(level: key.level, kind: key.kind)][key.name] = newValue }
  }

  /// The object under a key, of whatever type; setting nil removes it.
  public subscript(key: ObjectKey) -> (any ConfigurationValue)? {
    get { self[stored: key]?.value }
    set { self[stored: key] = newValue.map(AnyConfigurationValue.init) }
  }

  /// The one object of a singleton type.
  public subscript<Value: SingletonValue>(_ type: Value.Type) -> Value {
    get { self[ObjectKey(kind: Value.kind)] as? Value ?? Value() }
    set { self[ObjectKey(kind: Value.kind)] = newValue }
  }

  /// All objects of a named type.
  public subscript<Value: ConfigurationValue>(table type: Value.Type) -> Table<Value> {
    get { Table(values: self[place: Place(level: .machine, kind: Value.kind)]) }
    _modify {
      // The values move into the view and back, so that a change does not copy them.
      let place = Place(level: .machine, kind: Value.kind)
      var table = Table<Value>(values: places.removeValue(forKey: place) ?? [:])
      defer { self[place: place] = table.values }
      yield &table
    }
  }

  /// Takes over who may come in, and to do what, from another configuration.
  public mutating func takeUsers(of other: Configuration) {
    users = other.users
    accountPolicy = other.accountPolicy
    credentials = other.credentials
  }

  private subscript(place place: Place) -> [String: AnyConfigurationValue] {
    get { places[place] ?? [:] }
    _modify {
      var values = places.removeValue(forKey: place) ?? [:]
      defer { if !values.isEmpty { places[place] = values } }
      yield &values
    }
  }
}

/// All objects of one kind, by name.
public struct Table<Value: ConfigurationValue>: Sendable {
  var values: [String: AnyConfigurationValue]

  /// The object of this name; setting nil removes it.
  public subscript(name: String) -> Value? {
    get { values[name]?.value as? Value }
    set { values[name] = newValue.map(AnyConfigurationValue.init) }
  }

  /// The names, sorted.
  public var names: [String] { values.keys.sorted() }

  /// Names and values, sorted by name.
  public var all: [(name: String, value: Value)] {
    names.compactMap { name in self[name].map { (name, $0) } }
  }

  /// How many there are.
  public var count: Int { values.count }

  /// Whether a value is as the predicate says; they are looked at in no order.
  public func contains(where predicate: (Value) -> Bool) -> Bool {
    values.values.contains { stored in (stored.value as? Value).map(predicate) ?? false }
  }
}

// The vocabulary in which commands and the engine speak of the configuration.
extension Configuration {
  /// Certificate profiles by name (`certconfig`).
  public var certificates: Table<CertificateProfile> {
    get { self[table: CertificateProfile.self] }
    _modify { yield &self[table: CertificateProfile.self] }
  }
  /// The custom certificate authorities by SHA-256 (`certconfig` > CERTAUTHORITY).
  public var authorities: Table<CertificateAuthority> {
    get { self[table: CertificateAuthority.self] }
    _modify { yield &self[table: CertificateAuthority.self] }
  }
  /// IP interfaces by name (`interfaceconfig`).
  public var interfaces: Table<Interface> {
    get { self[table: Interface.self] }
    _modify { yield &self[table: Interface.self] }
  }
  /// Groups of interfaces by name (`interfaceconfig` > GROUPS).
  public var interfaceGroups: Table<InterfaceGroup> {
    get { self[table: InterfaceGroup.self] }
    _modify { yield &self[table: InterfaceGroup.self] }
  }
  /// Listeners by name (`listenerconfig`).
  public var listeners: Table<Listener> {
    get { self[table: Listener.self] }
    _modify { yield &self[table: Listener.self] }
  }
  /// Destination controls by domain, without the default entry (`destconfig`).
  public var destinations: Table<Destination> {
    get { self[table: Destination.self] }
    _modify { yield &self[table: Destination.self] }
  }
  /// SMTP routes by domain (`smtproutes`).
  public var routes: Table<Route> {
    get { self[table: Route.self] }
    _modify { yield &self[table: Route.self] }
  }
  /// Users by name (`userconfig`).
  public var users: Table<User> {
    get { self[table: User.self] }
    _modify { yield &self[table: User.self] }
  }
  /// What passphrases must be, and when accounts are locked (`userconfig` > POLICY).
  public var accountPolicy: AccountPolicy {
    get { self[AccountPolicy.self] }
    set { self[AccountPolicy.self] = newValue }
  }
  /// Revocation list sources by name (`certconfig` > CRL).
  public var crlSources: Table<CRLSource> {
    get { self[table: CRLSource.self] }
    _modify { yield &self[table: CRLSource.self] }
  }
  /// For which connections revocation lists are looked at (`certconfig` > CRL > SETUP).
  public var crlChecks: CRLChecks {
    get { self[CRLChecks.self] }
    set { self[CRLChecks.self] = newValue }
  }
  /// The system's own settings (`sethostname`).
  public var system: SystemSettings {
    get { self[SystemSettings.self] }
    set { self[SystemSettings.self] = newValue }
  }
  /// The default gateway (`setgateway`).
  public var network: NetworkSettings {
    get { self[NetworkSettings.self] }
    set { self[NetworkSettings.self] = newValue }
  }
  /// Delivery settings (`deliveryconfig`).
  public var delivery: DeliverySettings {
    get { self[DeliverySettings.self] }
    set { self[DeliverySettings.self] = newValue }
  }
  /// The global settings of destination controls (`destconfig` > SETUP).
  public var outbound: OutboundSettings {
    get { self[OutboundSettings.self] }
    set { self[OutboundSettings.self] = newValue }
  }
  /// Which lists of authorities are in use.
  public var authorityLists: AuthorityLists {
    get { self[AuthorityLists.self] }
    set { self[AuthorityLists.self] = newValue }
  }
  /// TLS methods and ciphers (`sslconfig`).
  public var ssl: SSLSettings {
    get { self[SSLSettings.self] }
    set { self[SSLSettings.self] = newValue }
  }
  /// Name servers for the real network (`dnsconfig`).
  public var dns: DNSSettings {
    get { self[DNSSettings.self] }
    set { self[DNSSettings.self] = newValue }
  }
  /// Which logs are kept, and how (`logconfig`).
  public var log: LogSettings {
    get { self[LogSettings.self] }
    set { self[LogSettings.self] = newValue }
  }
  /// Who is told of what (`alertconfig`).
  public var alerts: AlertSettings {
    get { self[AlertSettings.self] }
    set { self[AlertSettings.self] = newValue }
  }
  /// What all listeners share (`listenerconfig` > SETUP).
  public var injection: InjectionSettings {
    get { self[InjectionSettings.self] }
    set { self[InjectionSettings.self] = newValue }
  }
  /// LDAP settings (`ldapconfig`).
  public var ldap: LDAPSettings {
    get { self[LDAPSettings.self] }
    set { self[LDAPSettings.self] = newValue }
  }
  /// URL filtering settings (`websecurityconfig`).
  public var urlFiltering: URLFilteringSettings {
    get { self[URLFilteringSettings.self] }
    set { self[URLFilteringSettings.self] = newValue }
  }
  /// Rollback settings (`rollbackconfig` > SETUP).
  public var rollback: RollbackSettings {
    get { self[RollbackSettings.self] }
    set { self[RollbackSettings.self] = newValue }
  }
  /// The certificate for RSA Enterprise Manager (`dlpconfig`, 11.0 only).
  public var dlp: DLPSettings {
    get { self[DLPSettings.self] }
    set { self[DLPSettings.self] = newValue }
  }
  /// The certificate for Threat Grid (`ampconfig`).
  public var amp: AMPSettings {
    get { self[AMPSettings.self] }
    set { self[AMPSettings.self] = newValue }
  }
}
