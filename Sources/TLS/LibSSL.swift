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
    return OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1
  }()
}
