/// What a certificate may be used for (its extended key usage).
///
/// Source: RFC 5280 section 4.2.1.12.
public struct CertificatePurposes: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: Int

  /// Makes a set from its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// A TLS server: listeners and HTTPS.
  public static let serverAuthentication = CertificatePurposes(rawValue: 1)
  /// A TLS client: deliveries and the appliance as a client.
  public static let clientAuthentication = CertificatePurposes(rawValue: 2)
  /// S/MIME.
  public static let emailProtection = CertificatePurposes(rawValue: 4)

  /// A certificate for every TLS service of the appliance, in both directions.
  public static let tls: CertificatePurposes = [.serverAuthentication, .clientAuthentication]
}
