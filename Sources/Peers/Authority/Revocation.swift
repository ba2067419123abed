public import Foundation
public import PKI

/// A certificate that the lab's authority has revoked.
public struct Revocation: Hashable, Sendable {
  /// Whose signature it bears.
  public let intermediate: Authority.Intermediate
  /// Its number, and since when it is revoked.
  public let entry: RevokedCertificate

  /// Makes a revocation.
  public init(intermediate: Authority.Intermediate, entry: RevokedCertificate) {
    self.intermediate = intermediate
    self.entry = entry
  }
}

extension Authority {
  /// Revokes a certificate: the lists made of the result name it.
  ///
  /// - Throws: `PeerError` for a certificate of another authority.
  public func revocation(of certificate: Certificate, at now: Date) throws(PeerError)
    -> Revocation
  {
    guard
      let intermediate = Intermediate.allCases.first(where: {
        certificate.isSigned(by: issuer($0).certificate)
      })
    else { throw PeerError("The lab's authority did not issue \(certificate.subject).") }
    return Revocation(
      intermediate: intermediate,
      entry: RevokedCertificate(serialNumber: certificate.serialNumber, date: now))
  }

  /// The revocation list of each issuer in PEM, the root's among them, good for a week.
  ///
  /// - Throws: `PKIError`.
  public func revocationLists(_ revocations: [Revocation], at now: Date) throws -> [String] {
    func list(_ issuer: CertificateIssuer, _ revoked: [RevokedCertificate]) throws -> String {
      try issuer.revocationList(
        revoked, number: max(0, Int(now.timeIntervalSince1970)), thisUpdate: now,
        nextUpdate: now.days(7))
    }
    return try [list(root, [])]
      + Intermediate.allCases.map { intermediate in
        try list(
          issuer(intermediate), revocations.filter { $0.intermediate == intermediate }.map(\.entry))
      }
  }
}
