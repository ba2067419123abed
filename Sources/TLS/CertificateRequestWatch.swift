import COpenSSL

/// Sees whether a server asks a client for a certificate, which OpenSSL tells nobody afterwards.
///
/// Source: SSL_set_cert_cb(3): a client's callback is called when a certificate is wanted.
final class CertificateRequestWatch {
  private(set) var hasCome = false

  /// Ties it to a client's connection, which must not outlive it.
  func attach(to connection: OpaquePointer) {
    SSL_set_cert_cb(
      connection,
      { _, watch in
        guard let watch else { return 1 }
        Unmanaged<CertificateRequestWatch>.fromOpaque(watch).takeUnretainedValue().hasCome = true
        return 1
      }, Unmanaged.passUnretained(self).toOpaque())
  }
}
