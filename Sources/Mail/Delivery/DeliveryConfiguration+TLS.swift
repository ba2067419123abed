import Addresses
import Configuration
import Foundation
import Resolver
import ServiceTLS
import TLS
import Transport

/// How TLS is begun with a host, and by which names it is known: for deliveries and for probes.
extension DeliveryConfiguration {
  /// What begins a handshake; nil when TLS cannot be set up.
  ///
  /// - Parameters:
  ///   - check: what becomes of the peer's chain.
  ///   - host: its name as the MX record or the SMTP route has it; nil for an address.
  ///   - dane: what DANE demands; its base domain is then what SNI tells (RFC 7672 §8.1).
  ///   - time: the calendar's.
  func start(
    _ check: DeliveryTLS.ChainCheck, with host: String?, dane: DANEParameters?, at time: Date
  ) -> TLSHandler.Start? {
    guard let context = contexts?[check] else { return nil }
    let hostName = release.sendsServerName ? host : nil
    return TLSHandler.Start(
      context: context, serverName: dane?.baseDomain ?? hostName, dane: dane, time: time)
  }

  /// The names by which the peer at an address is known.
  ///
  /// - Parameters:
  ///   - domain: that of the recipients.
  ///   - host: its name; nil for an address.
  ///   - hosts: all hosts' names of the route.
  func names(
    of address: IPv4Address, domain: String, host: String?, hosts: [String]
  ) async -> PeerNames {
    let pointer = await names.hostName(of: address)
    return PeerNames(
      domain: domain, host: host, hosts: hosts,
      pointer: pointer.flatMap { $0.isConfirmed ? $0.name.description : nil })
  }
}
