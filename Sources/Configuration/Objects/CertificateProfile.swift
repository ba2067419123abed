public import PKI

/// A certificate with its private key, its intermediates and its request (`certconfig`).
public struct CertificateProfile: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.certificate

  /// What the profile may be used for.
  public enum Purpose: String, Codable, Sendable, CaseIterable {
    /// TLS services.
    case tls
    /// S/MIME: listed, but assignable to no service.
    case smime
  }

  /// The name of the certificate that every appliance has from the start (G8).
  public static let demoName = "Demo"

  /// What the profile is for.
  public var purpose: Purpose
  /// The certificate that a service presents.
  public var certificate: Certificate
  /// The private key, PKCS#8 DER.
  public var key: Secret
  /// The rest of the chain, in the order in which it is sent; duplicates are kept (G9).
  public var intermediates: [Certificate]
  /// The signing request, made once of the profile's own key (G2, G4).
  public var request: CertificateRequest

  /// Makes a profile.
  public init(
    purpose: Purpose = .tls, certificate: Certificate, key: Secret, intermediates: [Certificate],
    request: CertificateRequest
  ) {
    self.purpose = purpose
    self.certificate = certificate
    self.key = key
    self.intermediates = intermediates
    self.request = request
  }
}

/// A certificate authority that an administrator imported; its key is its SHA-256.
public struct CertificateAuthority: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.authority

  /// The authority's certificate.
  public var certificate: Certificate

  /// Makes an entry.
  public init(certificate: Certificate) { self.certificate = certificate }
}

/// Which lists of authorities decide what "verified" means.
public struct AuthorityLists: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.authorityLists

  /// The imported authorities; off from the factory, and an import does not switch them on.
  public var isCustomEnabled = false
  /// The machine's own bundle.
  public var isSystemEnabled = true

  /// Makes the factory's settings.
  public init() {}
}
