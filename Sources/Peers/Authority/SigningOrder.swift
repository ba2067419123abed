public import Foundation
public import PKI

/// How the lab's authority is to answer a signing request; by default as a good one does.
public struct SigningOrder: Hashable, Sendable {
  /// Which alternative names the certificate bears.
  public enum Names: Hashable, Sendable {
    /// Those of the request; if it has none, its common name, provided that is a host's.
    case requested
    /// These.
    case chosen([String])
    /// None.
    case none
  }

  /// How long a certificate may be valid, in days.
  public static let mostDays = 3650

  /// How long the certificate is valid, in days from now.
  public var days = 365
  /// Its alternative names.
  public var names = Names.requested
  /// Its extended key usage.
  public var purposes = CertificatePurposes.tls
  /// Who signs it.
  public var intermediate = Authority.Intermediate.new
  /// Whether those days ended yesterday.
  public var isExpired = false

  /// Makes an order for a good certificate.
  public init() {}

  /// What the certificate is to say about the key of a request.
  ///
  /// - Parameter now: the present; the certificate began to be valid an hour ago.
  /// - Throws: `PeerError` for days or names that make no sense.
  func template(for request: CertificateRequest, at now: Date) throws(PeerError)
    -> CertificateTemplate
  {
    guard 1...Self.mostDays ~= days else {
      throw PeerError("A certificate is valid for 1 to \(Self.mostDays) days.")
    }
    let end = isExpired ? now.days(-1) : now.days(days)
    let start = isExpired ? end.days(-days) : now.addingTimeInterval(-3600)
    return CertificateTemplate(
      subject: request.subject, dnsNames: try dnsNames(of: request), notBefore: start,
      notAfter: end, purposes: purposes)
  }

  private func dnsNames(of request: CertificateRequest) throws(PeerError) -> [String] {
    switch names {
    case .requested:
      if !request.dnsNames.isEmpty { return request.dnsNames }
      return [request.subject.commonName].filter(\.isCertifiableName)
    case .chosen(let names):
      if let name = names.first(where: { !$0.isCertifiableName }) {
        throw PeerError("\"\(name)\" is not a host name.")
      }
      return names
    case .none: return []
    }
  }
}

/// Which certificates an authority hands out with the one that it has issued, and in which order.
public enum IssuedChain: String, CaseIterable, Sendable {
  /// The certificate alone.
  case leaf
  /// The certificate, then its issuer.
  case full
  /// The root, then the issuer, then the certificate.
  case wrongOrder = "wrong-order"
  /// The certificate, then its issuer, then the root.
  case withRoot = "with-root"
  /// No chain: the certificate alone, as `leaf`.
  case nothing = "none"
}

extension Authority {
  /// Answers a signing request.
  ///
  /// - Throws: `PeerError` or `PKIError` for an order that makes no sense, or a request that is not
  ///   signed with its own key.
  public func answer(_ request: CertificateRequest, _ order: SigningOrder, at now: Date) throws
    -> Certificate
  {
    try certify(
      order.template(for: request, at: now), request: request, by: order.intermediate)
  }

  /// A certificate with what is handed out beside it.
  ///
  /// - Parameter intermediate: who issued it.
  public func chain(
    _ chain: IssuedChain, of certificate: Certificate, by intermediate: Intermediate
  ) -> [Certificate] {
    let issuer = issuer(intermediate).certificate
    return switch chain {
    case .leaf, .nothing: [certificate]
    case .full: [certificate, issuer]
    case .withRoot: [certificate, issuer, root.certificate]
    case .wrongOrder: [root.certificate, issuer, certificate]
    }
  }
}

extension String {
  /// Whether it can be an alternative name of type dNSName: a host's, or a wildcard for hosts.
  fileprivate var isCertifiableName: Bool {
    let name = hasPrefix("*.") ? String(dropFirst(2)) : self
    return name.isHostName && name.contains(where: \.isLetter)
  }
}
