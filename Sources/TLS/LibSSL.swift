import COpenSSL
import PKI

/// The start of libssl, which brings the texts of its errors.
enum LibSSL {
  /// Starts it without the system's openssl.cnf; later calls do nothing.
  ///
  /// Source: OPENSSL_init_ssl(3).
  static func initialize() { _ = isStarted }

  private static let isStarted: Bool = {
    LibCrypto.initialize()
    let options =
      UInt64(OPENSSL_INIT_NO_LOAD_CONFIG) | UInt64(OPENSSL_INIT_LOAD_CRYPTO_STRINGS)
      | UInt64(OPENSSL_INIT_LOAD_SSL_STRINGS)
    return OPENSSL_init_ssl(options, nil) == 1
  }()
}
