import COpenSSL

/// What an encryption by passphrase asks for.
///
/// Source: RFC 8018, RFC 7292 appendix C.
struct PBEParameters {
  /// PBES2, as all newer tools write it.
  let isModern: Bool
  /// RC2, RC4 or single DES, which the default provider lacks.
  let isLegacy: Bool

  /// Reads an algorithm identifier.
  ///
  /// - Throws: `PKIError.unsupported` for more iterations than anybody means.
  init(_ algorithm: UnsafePointer<X509_ALGOR>?) throws {
    var object: OpaquePointer?
    var type: Int32 = 0
    var value: UnsafeRawPointer?
    X509_ALGOR_get0(&object, &type, &value, algorithm)
    let number = OBJ_obj2nid(object)
    let parameter: [UInt8] =
      type == V_ASN1_SEQUENCE
      ? bytes(of: value?.assumingMemoryBound(to: ASN1_STRING.self)) : []
    isModern = number == NID_pbes2
    let cipher = isModern ? try Self.inspectPBES2(parameter) : number
    isLegacy = Self.legacyNumbers.contains(cipher)
    if !isModern { try Self.inspectPBE(parameter) }
  }

  private static let legacyNumbers = [
    NID_pbe_WithSHA1And40BitRC2_CBC, NID_pbe_WithSHA1And128BitRC2_CBC,
    NID_pbe_WithSHA1And40BitRC4, NID_pbe_WithSHA1And128BitRC4, NID_pbeWithMD5AndDES_CBC,
    NID_pbeWithSHA1AndDES_CBC, NID_pbeWithMD5AndRC2_CBC, NID_pbeWithSHA1AndRC2_CBC,
    NID_rc2_cbc, NID_des_cbc, NID_rc4,
  ]

  private static func inspectPBE(_ der: [UInt8]) throws {
    guard let parameters = DER.decode(der, as: PBEObject.self, { d2i_PBEPARAM(nil, $0, $1) })
    else { return }
    if let iterations = parameters.pointer.pointee.iter {
      try checkIterations(ASN1_INTEGER_get(iterations))
    }
  }

  /// Checks the iterations and returns the number of the cipher.
  private static func inspectPBES2(_ der: [UInt8]) throws -> Int32 {
    guard let parameters = DER.decode(der, as: PBE2Object.self, { d2i_PBE2PARAM(nil, $0, $1) })
    else { return NID_undef }
    var value: UnsafeRawPointer?
    var type: Int32 = 0
    X509_ALGOR_get0(nil, &type, &value, parameters.pointer.pointee.keyfunc)
    if type == V_ASN1_SEQUENCE {
      let derivation = bytes(of: value?.assumingMemoryBound(to: ASN1_STRING.self))
      let pbkdf2 = DER.decode(derivation, as: PBKDF2Object.self) { d2i_PBKDF2PARAM(nil, $0, $1) }
      if let iterations = pbkdf2?.pointer.pointee.iter {
        try checkIterations(ASN1_INTEGER_get(iterations))
      }
    }
    var cipher: OpaquePointer?
    X509_ALGOR_get0(&cipher, nil, nil, parameters.pointer.pointee.encryption)
    return OBJ_obj2nid(cipher)
  }

  static func checkIterations(_ count: Int) throws {
    guard -1...PKCS12.mostIterations ~= count else {
      throw PKIError(
        .unsupported,
        "The PKCS#12 file asks for more than \(PKCS12.mostIterations) rounds of key derivation.")
    }
  }
}

private enum PBEObject: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<PBEPARAM>) { PBEPARAM_free(pointer) }
}

private enum PBE2Object: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<PBE2PARAM>) { PBE2PARAM_free(pointer) }
}

private enum PBKDF2Object: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<PBKDF2PARAM>) { PBKDF2PARAM_free(pointer) }
}
