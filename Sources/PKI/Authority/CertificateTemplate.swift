public import FoundationEssentials

/// What an authority is asked to certify about a key.
public struct CertificateTemplate: Hashable, Sendable {
  /// Who the certificate is for.
  public var subject: DistinguishedName
  /// Alternative names of type dNSName; without any there is no such extension.
  public var dnsNames: [String]
  /// Alternative names of type rfc822Name.
  public var emailAddresses: [String]
  /// The first second of validity; fractions are cut.
  public var notBefore: Date
  /// The last second of validity; fractions are cut.
  public var notAfter: Date
  /// The extended key usage; the empty set leaves it out, which allows all uses.
  public var purposes: CertificatePurposes
  /// Whether it is for an authority, which may sign certificates and revocation lists.
  public var isAuthority: Bool

  /// Makes a template.
  public init(
    subject: DistinguishedName, dnsNames: [String] = [], emailAddresses: [String] = [],
    notBefore: Date, notAfter: Date, purposes: CertificatePurposes = [], isAuthority: Bool = false
  ) {
    self.subject = subject
    self.dnsNames = dnsNames
    self.emailAddresses = emailAddresses
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.purposes = purposes
    self.isAuthority = isAuthority
  }
}
