import COpenSSL
public import PKI

extension TLSConnection {
  /// What is known of the other side's chain.
  public enum Verification: Hashable, Sendable {
    /// Nobody looked at it, or none came.
    case notDone
    /// It leads to a trusted authority, or is what DANE demands.
    case verified
    /// It does not, and this is the reason nearest the leaf.
    case failed(VerificationFailure)
  }

  /// The negotiated version as OpenSSL writes it: `TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`.
  public var protocolName: String {
    SSL_get_version(pointer).map { String(cString: $0) } ?? "unknown"
  }

  /// The negotiated cipher as OpenSSL writes it, such as `ECDHE-RSA-AES256-GCM-SHA384`.
  public var cipherName: String {
    guard let cipher = SSL_get_current_cipher(pointer), let name = SSL_CIPHER_get_name(cipher)
    else { return "none" }
    return String(cString: name)
  }

  /// The certificates that the other side sent, its own first, in the order sent.
  public var peerCertificates: PeerCertificates {
    // On a server OpenSSL keeps the client's own certificate apart from the rest.
    let own = SSL_is_server(pointer) == 1 ? SSL_get0_peer_certificate(pointer) : nil
    return PeerCertificates(SSL_get_peer_cert_chain(pointer), after: own)
  }

  /// The chain that verification built, the other side's own certificate first, the trusted
  /// authority last; none unless it is verified.
  ///
  /// With DANE it may end before an authority.
  public var verifiedCertificates: PeerCertificates {
    PeerCertificates(verification == .verified ? SSL_get0_verified_chain(pointer) : nil)
  }
}
