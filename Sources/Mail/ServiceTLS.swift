public import Configuration
import PKI
public import TLS

extension TLSContext {
  /// Builds the context of a service from its certificate profile and `sslconfig`'s settings.
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
    try TLSContext(role: .server, profile, service, verification, anchors)
  }

  /// Builds the context of connections that this side opens; the profile is presented to a server
  /// that asks for a certificate.
  ///
  /// - Parameters: as above.
  /// - Throws: as above.
  public static func client(
    _ profile: CertificateProfile, _ service: SSLService,
    verification: PeerVerification, anchors: TrustAnchors?
  ) throws -> TLSContext {
    try TLSContext(role: .client, profile, service, verification, anchors)
  }

  private convenience init(
    role: Role, _ profile: CertificateProfile, _ service: SSLService,
    _ verification: PeerVerification, _ anchors: TrustAnchors?
  ) throws {
    try self.init(
      role: role,
      Settings(
        identity: TLSIdentity(
          certificate: profile.certificate, intermediates: profile.intermediates,
          key: PrivateKey(der: profile.key.bytes)),
        minimum: service.minimum.protocolVersion, maximum: service.maximum.protocolVersion,
        ciphers: service.ciphers, verification: verification, anchors: anchors))
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
