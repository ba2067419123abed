import Addresses
import Resolver

/// Where mail for a domain goes.
struct MailRoute: Hashable, Sendable {
  /// What named the hosts.
  enum Source: Hashable, Sendable {
    /// An SMTP route.
    case smtpRoute
    /// The domain's MX records.
    case mx
    /// The domain itself: it has no MX records (RFC 5321 §5.1), or is an address.
    case address
  }

  /// What named the hosts.
  let source: Source
  /// The hosts, the first to be tried first; never empty.
  let hosts: [MailHost]
  /// What DNSSEC says of the way from the domain to the hosts' names.
  let security: RecordSecurity
}

/// A host that takes mail for a domain.
struct MailHost: Hashable, Sendable {
  /// Its name; nil where a route or the domain is an address.
  let name: DomainName?
  /// The MX preference, or a route's priority; lower is tried first.
  let preference: Int
  /// The TCP port.
  let port: Int
  /// Its IPv4 addresses; empty when there is an `obstacle`.
  let addresses: [IPv4Address]
  /// Its IPv6 addresses; they are shown and never dialled.
  let ipv6Addresses: [IPv6Address]
  /// The name that its own name is an alias for; nil when it is none.
  let canonicalName: DomainName?
  /// What DNSSEC says of the way from the domain to its addresses.
  let security: RecordSecurity
  /// Seconds for which that it takes the domain's mail may be kept; nil for what is configured.
  let ttl: UInt32?
  /// Why there is no address to connect to.
  let obstacle: RoutingFailure?
}

/// Why mail cannot be brought on its way.
struct RoutingFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whether trying again is of no use.
  let isPermanent: Bool
  /// The enhanced status code with its text, such as `5.1.2 - Bad destination host`.
  let status: String
  /// The reason, such as `DNS Hard Error looking up x.com (MX):  NXDomain`.
  let text: String

  /// The reason.
  var description: String { text }

  static func hard(
    _ text: String, status: String = "5.1.2 - Bad destination host"
  ) -> RoutingFailure { RoutingFailure(isPermanent: true, status: status, text: text) }

  /// A question that got no answer, or one that cannot be believed.
  static func soft(_ name: DomainName, _ type: RecordType, _ reason: String) -> RoutingFailure {
    RoutingFailure(
      isPermanent: false, status: "4.4.3 - Temporary DNS failure",
      text: "DNS Soft Error looking up \(name) (\(type.rawValue)):  \(reason)")
  }

  static func noSuchName(_ name: DomainName, _ type: RecordType) -> RoutingFailure {
    hard("DNS Hard Error looking up \(name) (\(type.rawValue)):  NXDomain")
  }

  static func noAddress(_ name: DomainName) -> RoutingFailure {
    hard("DNS Hard Error looking up \(name) (A):  NoData")
  }
}
