import COpenSSL

/// Certificates in a PKCS#7 container, as authorities send them (`.p7b`).
///
/// Source: RFC 2315 section 9.1: signed data that nobody has signed.
public struct PKCS7Bundle: Hashable, Sendable {
  /// The encoding.
  public let der: [UInt8]

  /// Packs certificates.
  ///
  /// - Parameter certificates: stored in this order.
  /// - Throws: `PKIError.library` when the library is out of memory.
  public init(_ certificates: [Certificate]) throws {
    LibCrypto.clearErrors()
    let bundle = try Owned<PKCS7Object>(PKCS7_new())
    try Self.check(PKCS7_set_type(bundle.pointer, NID_pkcs7_signed))
    try Self.check(PKCS7_content_new(bundle.pointer, NID_pkcs7_data))
    for certificate in certificates {
      let x509 = try certificate.x509()
      try Self.check(PKCS7_add_certificate(bundle.pointer, x509.pointer))
    }
    der = try DER.encode { i2d_PKCS7(bundle.pointer, $0) }
  }

  /// The PEM form, lines of 64 characters, with a line end after the last.
  public var pem: String { PEMBlock(label: "PKCS7", bytes: der).text }

  private static func check(_ result: Int32) throws {
    guard result == 1 else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "The PKCS#7 file could not be made.")
    }
  }
}
