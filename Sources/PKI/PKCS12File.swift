import COpenSSL

/// A decoded PKCS#12 file, nothing of it decrypted.
struct PKCS12File {
  let object: Owned<PKCS12Object>

  /// - Throws: `PKIError` with `corrupt`, or `wrongFormat`, whose sentence names what was found.
  init(_ bytes: [UInt8], library: LibraryContext) throws {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    // Decoding into an object of the context is what makes its parts look there for algorithms.
    var target = PKCS12_init_ex(NID_pkcs7_data, library.pointer, nil)
    let decoded = bytes.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      return d2i_PKCS12(&target, &position, buffer.count)
    }
    guard let decoded else {
      // After a failure the target has been freed.
      throw Self.refusal(of: bytes)
    }
    object = Owned(adopting: decoded)
  }

  private static func refusal(of bytes: [UInt8]) -> PKIError {
    var format = bytes.starts(with: "-----BEGIN".utf8) ? "PEM text" : nil
    if format == nil { format = ForeignFormat.name(of: bytes) }
    guard let format, !format.hasPrefix("binary data") else { return PKCS12.damaged }
    return PKIError(.wrongFormat, "A PKCS#12 file is needed; this is \(format).")
  }

  var hasMAC: Bool { PKCS12_mac_present(object.pointer) == 1 }

  /// Whether the MAC is right under a passphrase.
  ///
  /// - Throws: `PKIError.unsupported` for a MAC that cannot be computed.
  func isAuthentic(under passphrase: PKCS12Passphrase) throws -> Bool {
    var algorithm: UnsafePointer<X509_ALGOR>?
    var iterations: UnsafePointer<ASN1_INTEGER>?
    PKCS12_get0_mac(nil, &algorithm, nil, &iterations, object.pointer)
    // PBMAC1 (RFC 9579) has its rounds elsewhere; from OpenSSL 3.4 on they would be made.
    if let algorithm, OBJ_cmp(algorithm.pointee.algorithm, Self.pbmac1) == 0 {
      throw Self.unknownMAC
    }
    try PBEParameters.checkRounds(PBEParameters.number(iterations))
    LibCrypto.clearErrors()
    let isRight = passphrase.with { PKCS12_verify_mac(object.pointer, $0, $1) == 1 }
    let errors = LibCrypto.takeErrors()
    if !isRight, errors.contains(where: \.isUnknownAlgorithm) {
      throw Self.unknownMAC
    }
    return isRight
  }

  private static let unknownMAC = PKIError(
    .unsupported, "The PKCS#12 file is authenticated in a way that is not known.")
  // Never changed, never freed.
  nonisolated(unsafe) private static let pbmac1 = OBJ_txt2obj("1.2.840.113549.1.5.14", 1)

  /// The parts: `STACK_OF(PKCS7)`.
  func parts() throws -> Owned<PKCS7StackObject> {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let parts = PKCS12_unpack_authsafes(object.pointer) else { throw PKCS12.damaged }
    return Owned(adopting: parts)
  }
}

extension LibraryError {
  /// Whether the library failed for want of an algorithm.
  var isUnknownAlgorithm: Bool {
    reason == ERR_R_UNSUPPORTED
      || library == ERR_LIB_PKCS12 && reason == PKCS12_R_UNKNOWN_DIGEST_ALGORITHM
      || library == ERR_LIB_EVP
        && [
          EVP_R_UNSUPPORTED_ALGORITHM, EVP_R_UNSUPPORTED_CIPHER, EVP_R_UNSUPPORTED_PRF,
          EVP_R_UNKNOWN_PBE_ALGORITHM, EVP_R_UNKNOWN_CIPHER,
          EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION,
        ].contains(reason)
  }
}
