import Addresses
import Configuration
import Control
import Foundation
import NIOPosix
import PKI
import Resolver
import ServiceTLS
import TLS
import Transport

/// What connections to directory servers have in common: the appliance as it is committed, and the
/// world around it.
struct DirectoryService: Sendable {
  let configuration: Configuration
  let release: Release
  let map: AddressMap
  let calendar: @Sendable () -> Date

  /// Opens connections.
  var dialer: Dialer { Dialer(group: MultiThreadedEventLoopGroup.singleton, map: map) }

  /// What TLS with a server begins with: the certificate of `ldapconfig` > SETUP, and methods and
  /// ciphers of `sslconfig` > OUTBOUND.
  ///
  /// - Throws: `DirectoryFailure.tls` when it cannot be set up.
  @concurrent
  func start(to host: String) async throws -> TLSHandler.Start {
    let name = configuration.ldap.certificate
    guard let profile = configuration.certificates[name] else {
      throw DirectoryFailure.tls("the certificate \"\(name)\" does not exist")
    }
    do {
      let isStrict = configuration.ldap.validatesServerCertificate
      let context = try TLSContext.client(
        profile, configuration.ssl.outbound, verification: isStrict ? .required : .none,
        anchors: isStrict ? TrustAnchors.appliance(configuration) : nil)
      let sendsName = release.sendsServerName && IPv4Address(host) == nil
      return TLSHandler.Start(
        context: context, serverName: sendsName ? host : nil, time: calendar())
    } catch {
      throw DirectoryFailure.tls("it cannot be set up: \(error)")
    }
  }

  /// What came of a handshake.
  ///
  /// - Throws: `DirectoryFailure.tls` when the server's certificate has to bear its name and does
  ///   not.
  func facts(_ details: TLSHandler.Details, of host: String) throws -> DirectoryTLS {
    var facts = DirectoryTLS(protocolName: details.protocolName, cipher: details.cipher)
    if details.wasAskedForCertificate {
      facts.presentedCertificate = configuration.ldap.certificate
    }
    if configuration.ldap.validatesServerCertificate {
      facts.verifiedName = try Self.name(
        of: details.peerCertificates.all.first, for: host,
        demandsFullNames: configuration.ssl.checksPeerFQDN)
    }
    return facts
  }

  /// The name by which a certificate is a host's: an alternative name or, where there is none, the
  /// common name; an address must stand among the alternative names (RFC 4513 section 3.1.3).
  static func name(
    of certificate: Certificate?, for host: String, demandsFullNames: Bool
  ) throws -> String {
    guard let certificate else { throw DirectoryFailure.tls("the server has no certificate") }
    if IPv4Address(host) != nil, certificate.ipAddresses.contains(host) { return host }
    let names = PeerNames(domain: host, host: host)
    let rules = NameRules.hosted
    if let fault = rules.fault(of: certificate, names, demandsFullNames: demandsFullNames) {
      throw DirectoryFailure.tls("\(fault), the certificate is for \(certificate.namesForPeople)")
    }
    return rules.match(certificate, names)?.presented ?? host
  }
}
