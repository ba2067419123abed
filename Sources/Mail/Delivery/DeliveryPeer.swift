import Addresses
import TLS

/// A host to which mail for a domain may go, at one of its addresses, and how TLS is to be there.
struct DeliveryPeer: Sendable {
  /// The domain of the recipients.
  let domain: String
  /// The address to connect to.
  let address: IPv4Address
  /// The TCP port.
  let port: Int
  /// The host's name as the MX record or the SMTP route has it; nil for an address.
  let host: String?
  /// All hosts' names of the route.
  let hosts: [String]
  /// Where the connection comes from.
  let source: DeliverySource
  /// What TLS means there.
  let tls: DeliveryTLS
  /// What DANE demands; nil where it demands nothing.
  let dane: DANEParameters?

  /// The host for people: name and address.
  var description: String { host.map { "\($0) (\(address))" } ?? "\(address)" }
}

/// Why mail does not go to a host.
struct HostFailure: Error, Hashable, Sendable {
  /// The host for people.
  let host: String
  /// The reason in a few words, for a bounce and for `hoststatus`.
  let reason: String
  /// Whether it was TLS that failed.
  let isTLS: Bool
  /// Whether it raises an alert, if the switch is on.
  var alerts = false
}
