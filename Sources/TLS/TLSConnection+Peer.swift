import COpenSSL
public import PKI

extension TLSConnection {
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
  ///
  /// None when it sent none; one that cannot be read is left out.
  public var peerChain: [Certificate] {
    LibCrypto.clearErrors()
    var chain = certificates(SSL_get_peer_cert_chain(pointer))
    // On a server OpenSSL keeps the client's own certificate apart from the rest.
    if SSL_is_server(pointer) == 1, let leaf = SSL_get0_peer_certificate(pointer),
      let certificate = certificate(leaf)
    {
      chain.insert(certificate, at: 0)
    }
    return chain
  }

  /// The result of verifying the other side's chain, an X509_V number: 0 for good, and also when
  /// it sent none.
  public var verificationCode: Int { SSL_get_verify_result(pointer) }

  /// That result in OpenSSL's words, such as `certificate has expired`.
  public var verificationText: String {
    String(cString: X509_verify_cert_error_string(verificationCode))
  }

  private func certificates(_ stack: OpaquePointer?) -> [Certificate] {
    guard let stack else { return [] }
    return (0..<OPENSSL_sk_num(stack)).compactMap { index in
      OPENSSL_sk_value(stack, index).flatMap { certificate(OpaquePointer($0)) }
    }
  }

  private func certificate(_ x509: OpaquePointer) -> Certificate? {
    var encoded: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509(x509, &encoded)
    guard count > 0, let encoded else { return nil }
    defer { CRYPTO_free(encoded, #file, #line) }
    return try? Certificate(der: Array(UnsafeBufferPointer(start: encoded, count: Int(count))))
  }
}
