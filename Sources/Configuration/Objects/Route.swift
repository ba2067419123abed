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
