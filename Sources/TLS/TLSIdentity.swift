public import PKI

/// What a side of TLS shows of itself: its certificate, the rest of the chain, and its key.
public struct TLSIdentity: Sendable {
  /// The certificate of this side.
  public let certificate: Certificate
  /// What is sent after it, in this order, duplicates too (G9).
  public let intermediates: [Certificate]
  /// The private key of the certificate.
  public let key: PrivateKey

  /// Makes an identity; whether the key fits is found out when a context takes it.
  public init(certificate: Certificate, intermediates: [Certificate], key: PrivateKey) {
    self.certificate = certificate
    self.intermediates = intermediates
    self.key = key
  }
}
