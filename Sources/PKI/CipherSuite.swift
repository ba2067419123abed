import COpenSSL

/// A cipher suite as OpenSSL describes it.
public struct CipherSuite: Hashable, Sendable {
  /// OpenSSL's name, such as `ECDHE-RSA-AES256-GCM-SHA384`.
  public let name: String
  /// Name, version, key exchange, authentication, encryption and MAC on one line, as
  /// `openssl ciphers -v` prints it.
  public let description: String

  /// The suites that a cipher list stands for, in its order, without those of TLS 1.3, which no
  /// list governs.
  ///
  /// Source: openssl-ciphers(1), SSL_CTX_set_cipher_list(3), SSL_CIPHER_description(3).
  ///
  /// - Parameter list: a list such as `HIGH:!aNULL`.
  /// - Throws: `PKIError` with the code `.noCipher` when OpenSSL finds none.
  public static func all(in list: String) throws(PKIError) -> [CipherSuite] {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let context = SSL_CTX_new(TLS_server_method()) else {
      throw PKIError(.noCipher, "OpenSSL cannot look at cipher lists.")
    }
    defer { SSL_CTX_free(context) }
    // Which suites are too weak is for the list to say, as in every context of the engine.
    SSL_CTX_set_security_level(context, 0)
    guard SSL_CTX_set_cipher_list(context, list) == 1 else {
      throw PKIError(.noCipher, "OpenSSL finds no cipher in the list \"\(list)\".")
    }
    let suites = SSL_CTX_get_ciphers(context)
    return (0..<max(0, OPENSSL_sk_num(suites))).compactMap { index in
      OPENSSL_sk_value(suites, index).map { CipherSuite(OpaquePointer($0)) }
    }.filter { !$0.description.contains(" TLSv1.3 ") }
  }

  private init(_ pointer: OpaquePointer) {
    name = String(cString: SSL_CIPHER_get_name(pointer))
    var line = [CChar](repeating: 0, count: 256)
    SSL_CIPHER_description(pointer, &line, Int32(line.count))
    description = String(
      decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension PKIError.Code {
  /// A cipher list in which OpenSSL finds no cipher.
  public static let noCipher = PKIError.Code(rawValue: "noCipher")
}
