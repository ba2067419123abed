public import Configuration
import PKI
public import TLS

extension TLSContext {
  /// The context of a service, from its certificate profile and `sslconfig`'s settings.
  ///
  /// - Parameters:
  ///   - profile: what is shown, intermediates as stored.
  ///   - service: versions and ciphers.
  ///   - verification: what becomes of the other side's certificate.
  ///   - anchors: whom to trust then.
  /// - Throws: an error with a sentence that names what is wrong with profile or settings.
  public static func server(
    _ profile: CertificateProfile, _ service: SSLService,
    verification: PeerVerification = .none, anchors: TrustAnchors? = nil
  ) throws -> TLSContext {
    try ServiceContextCache.shared.context(
      ServiceContextCache.Recipe(
        role: .server, profile: profile, service: service, verification: verification,
        anchors: anchors))
  }

  /// The context of connections that this side opens; the profile is presented to a server
  /// that asks for a certificate.
  ///
  /// - Parameters:
  ///   - profile: what is shown, intermediates as stored.
  ///   - service: versions and ciphers.
  ///   - verification: what becomes of the other side's certificate.
  ///   - anchors: whom to trust then.
  /// - Throws: an error with a sentence that names what is wrong with profile or settings.
  public static func client(
    _ profile: CertificateProfile, _ service: SSLService,
    verification: PeerVerification, anchors: TrustAnchors?
  ) throws -> TLSContext {
    try ServiceContextCache.shared.context(
      ServiceContextCache.Recipe(
        role: .client, profile: profile, service: service, verification: verification,
        anchors: anchors))
  }
}

extension TLSIdentity {
  /// What a certificate profile shows, intermediates as stored.
  ///
  /// - Throws: `PKIError` when the profile's key is damaged.
  public init(_ profile: CertificateProfile) throws {
    self.init(
      certificate: profile.certificate, intermediates: profile.intermediates,
      key: try PrivateKey(der: profile.key.bytes))
  }
}

extension TLSVersion {
  /// The version as the TLS room knows it.
  public var protocolVersion: ProtocolVersion {
    switch self {
    case .tls10: .tls10
    case .tls11: .tls11
    case .tls12: .tls12
    case .tls13: .tls13
    }
  }
}
