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

  /// Whose revocation list.
  public enum ListIssuer: String, CaseIterable, Sendable {
    /// The root's, on which its intermediates would stand.
    case root
    /// That of the intermediate before the renewal.
    case old
    /// The present intermediate's.
    case new
  }

  /// The revocation list of each issuer in PEM, good for a week.
  ///
  /// - Throws: `PKIError`.
  public func revocationLists(_ revocations: [Revocation], at now: Date) throws -> [String] {
    try ListIssuer.allCases.map { try revocationList(of: $0, revocations, at: now) }
  }

  /// - Parameter revocations: those of all issuers.
  private func revocationList(
    of listIssuer: ListIssuer, _ revocations: [Revocation], at now: Date
  ) throws -> String {
    let intermediate = Intermediate(rawValue: listIssuer.rawValue)
    let issuer = intermediate.map(issuer) ?? root
    return try issuer.revocationList(
      revocations.filter { $0.intermediate == intermediate }.map(\.entry),
      number: max(0, Int(now.timeIntervalSince1970)), thisUpdate: now, nextUpdate: now.days(7))
  }
}
