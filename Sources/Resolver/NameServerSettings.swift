import Addresses

/// Which name servers are asked, and whose signatures count.
public struct NameServerSettings: Hashable, Sendable {
  /// Servers for one domain and all below it, whose answers are not validated: a private domain is
  /// unknown to the signed domains above it, which would make it bogus.
  public struct DomainServers: Hashable, Sendable {
    /// The domain.
    public var domain: DomainName
    /// Its servers.
    public var servers: [NameServer]

    /// Makes an entry.
    public init(domain: DomainName, servers: [NameServer]) {
      self.domain = domain
      self.servers = servers
    }
  }

  /// A domain that is read from a file in place of being asked for.
  public struct ZoneFile: Hashable, Sendable {
    /// The domain.
    public var domain: DomainName
    /// The absolute path of a master file, signed or not.
    public var path: String

    /// Makes an entry.
    public init(domain: DomainName, path: String) {
      self.domain = domain
      self.path = path
    }
  }

  /// Recursive servers for everything; none for the Internet's root servers.
  ///
  /// They must pass DNSSEC's records on, or signed domains are bogus.
  public var servers: [NameServer] = []
  /// Servers for single domains.
  public var domains: [DomainServers] = []
  /// Domains that are read from files.
  public var zoneFiles: [ZoneFile] = []
  /// DS or DNSKEY records, a line each, that begin the chains of signatures.
  public var trustAnchors = NameServerSettings.rootAnchors

  /// Makes settings that ask the Internet's root servers.
  public init() {}

  /// The keys of the Internet's root: KSK-2017 and KSK-2024
  /// (https://data.iana.org/root-anchors/root-anchors.xml).
  public static let rootAnchors = [
    ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
    ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
  ]
}

/// The address of a name server, such as `10.0.0.53` or, with a port, `127.0.0.1@5353`.
public struct NameServer: Hashable, Sendable, CustomStringConvertible {
  /// The address, with `@` and a port unless that is 53.
  public let description: String

  /// Reads an IPv4 or IPv6 address, behind which `@` and a port may stand; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first,
      IPv4Address(address) != nil || IPv6Address(address) != nil
    else { return nil }
    if parts.count == 2 {
      guard let port = UInt16(parts[1]), port > 0, String(port) == parts[1] else { return nil }
    }
    description = String(text)
  }
}
