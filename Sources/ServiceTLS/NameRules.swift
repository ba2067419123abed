public import PKI

/// The rules by which a peer's certificate bears the right name.
public enum NameRules: Sendable {
  /// "Verify", also `tlsverify`'s.
  case verify
  /// "Verify - Hosted Domains".
  case hosted
}

/// The names by which a peer is known when mail goes to a domain.
public struct PeerNames: Hashable, Sendable {
  /// The domain of the recipients.
  public var domain: String
  /// The host connected to, as the MX record or the SMTP route names it; nil when that names an
  /// address.
  public var host: String?
  /// All hosts that the MX records or the SMTP route name, in any order.
  public var hosts: [String]
  /// The name of the peer's address, if that name has the address among its own.
  public var pointer: String?

  /// Makes names; without `hosts` the host connected to is the only one.
  public init(domain: String, host: String?, hosts: [String] = [], pointer: String? = nil) {
    self.domain = domain
    self.host = host
    self.hosts = hosts.isEmpty ? [host].compactMap(\.self) : hosts
    self.pointer = pointer
  }
}

/// How a certificate bears one of the peer's names.
public struct NameMatch: Hashable, Sendable {
  /// Where the name stands in the certificate.
  public enum Place: Hashable, Sendable {
    case alternativeName, commonName
  }

  /// What it was compared with.
  public enum Reference: Hashable, Sendable {
    case domain, pointer, host
  }

  /// Where the name stands.
  public let place: Place
  /// The name as the certificate has it, such as `*.example.com`.
  public let presented: String
  /// What it was compared with.
  public let reference: Reference
  /// That name.
  public let name: String
}

extension NameRules {
  /// What the log says of a certificate that bears none of the names.
  public static let mismatch = "hostname mismatch"
  /// What the log says of a certificate with a name that is not fully qualified.
  public static let unqualified = "certificate name is not fully qualified"

  /// What is wrong with the names in a certificate; nil when one of them is the right one.
  ///
  /// - Parameters:
  ///   - certificate: the peer's own.
  ///   - names: the names by which the peer is known.
  ///   - demandsFullNames: whether each of its names must be fully qualified (`sslconfig` >
  ///     PEER_CERT_FQDN).
  public func fault(
    of certificate: Certificate, _ names: PeerNames, demandsFullNames: Bool
  ) -> String? {
    if demandsFullNames, !Self.areFullyQualified(certificate) { return Self.unqualified }
    return match(certificate, names) == nil ? Self.mismatch : nil
  }

  /// Whether a certificate's common name, if it has one, and its DNS names are all fully qualified
  /// host names, perhaps with a wildcard.
  public static func areFullyQualified(_ certificate: Certificate) -> Bool {
    ([certificate.commonName].filter { !$0.isEmpty } + certificate.dnsNames)
      .allSatisfy { CertificateName($0)?.isFullyQualified == true }
  }

  /// Looks for the first rule that a certificate satisfies.
  ///
  /// - Parameters:
  ///   - certificate: the peer's own.
  ///   - names: the names by which the peer is known.
  /// - Returns: which name fits; nil for a mismatch.
  public func match(_ certificate: Certificate, _ names: PeerNames) -> NameMatch? {
    match(commonName: certificate.commonName, alternativeNames: certificate.dnsNames, names)
  }

  /// The same for the names of a certificate alone.
  func match(commonName: String, alternativeNames: [String], _ names: PeerNames) -> NameMatch? {
    switch self {
    case .verify:
      Comparison(.alternativeName, alternativeNames).covers(.domain, [names.domain])
        ?? Comparison(.commonName, [commonName]).equals(.domain, [names.domain])
        ?? Comparison(.commonName, [commonName]).equals(.pointer, [names.pointer])
        ?? Comparison(.commonName, [commonName]).covers(.host, [names.host])
    case .hosted:
      // A common name counts only where there is no other (RFC 6125 section 6.4.4).
      if alternativeNames.isEmpty {
        Comparison(.commonName, [commonName]).hosted(names)
      } else {
        Comparison(.alternativeName, alternativeNames).hosted(names)
      }
    }
  }
}

/// The names in one place of a certificate, ready to be compared.
private struct Comparison {
  let place: NameMatch.Place
  let presented: [CertificateName]

  init(_ place: NameMatch.Place, _ names: [String]) {
    self.place = place
    presented = names.compactMap { CertificateName($0) }
  }

  func hosted(_ names: PeerNames) -> NameMatch? {
    covers(.domain, [names.domain]) ?? covers(.host, names.hosts)
  }

  func equals(_ reference: NameMatch.Reference, _ names: [String?]) -> NameMatch? {
    first(reference, names) { $0.equals($1) }
  }

  func covers(_ reference: NameMatch.Reference, _ names: [String?]) -> NameMatch? {
    first(reference, names) { $0.covers($1) }
  }

  private func first(
    _ reference: NameMatch.Reference, _ names: [String?],
    where fits: (CertificateName, String) -> Bool
  ) -> NameMatch? {
    for name in names.compactMap(\.self) {
      if let found = presented.first(where: { fits($0, name) }) {
        return NameMatch(
          place: place, presented: found.text, reference: reference, name: name)
      }
    }
    return nil
  }
}
