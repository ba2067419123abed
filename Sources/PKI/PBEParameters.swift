import COpenSSL

/// What an encryption by passphrase asks for.
///
/// Source: RFC 8018, RFC 7292 appendix C.
struct PBEParameters {
  /// PBES2, as all newer tools write it.
  let isModern: Bool
  /// RC2, RC4 or single DES, which the default provider lacks.
  let isLegacy: Bool
  /// The rounds of key derivation; where it is scrypt, work of about that many.
  let rounds: Int

  /// Reads an algorithm identifier.
  ///
  /// - Throws: `PKIError.unsupported` for more rounds than anybody means.
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
    let cipher: Int32
    (cipher, rounds) =
      isModern ? Self.inspectPBES2(parameter) : (number, Self.inspectPBE(parameter))
    isLegacy = Self.legacyNumbers.contains(cipher)
    try Self.checkRounds(rounds)
  }

  private static let legacyNumbers = [
    NID_pbe_WithSHA1And40BitRC2_CBC, NID_pbe_WithSHA1And128BitRC2_CBC,
    NID_pbe_WithSHA1And40BitRC4, NID_pbe_WithSHA1And128BitRC4, NID_pbeWithMD5AndDES_CBC,
    NID_pbeWithSHA1AndDES_CBC, NID_pbeWithMD5AndRC2_CBC, NID_pbeWithSHA1AndRC2_CBC,
    NID_rc2_cbc, NID_des_cbc, NID_rc4,
  ]

  private static func inspectPBE(_ der: [UInt8]) -> Int {
    let parameters = DER.decode(der, as: PBEObject.self) { d2i_PBEPARAM(nil, $0, $1) }
    return number(parameters?.pointer.pointee.iter)
  }

  private static func inspectPBES2(_ der: [UInt8]) -> (cipher: Int32, rounds: Int) {
    guard let parameters = DER.decode(der, as: PBE2Object.self, { d2i_PBE2PARAM(nil, $0, $1) })
    else { return (NID_undef, 0) }
    var derivation: OpaquePointer?
    var value: UnsafeRawPointer?
    var type: Int32 = 0
    X509_ALGOR_get0(&derivation, &type, &value, parameters.pointer.pointee.keyfunc)
    let arguments =
      type == V_ASN1_SEQUENCE
      ? bytes(of: value?.assumingMemoryBound(to: ASN1_STRING.self)) : []
    let rounds: Int
    if OBJ_obj2nid(derivation) == NID_id_scrypt {
      rounds = scryptRounds(arguments)
    } else {
      let pbkdf2 = DER.decode(arguments, as: PBKDF2Object.self) { d2i_PBKDF2PARAM(nil, $0, $1) }
      rounds = number(pbkdf2?.pointer.pointee.iter)
    }
    var cipher: OpaquePointer?
    X509_ALGOR_get0(&cipher, nil, nil, parameters.pointer.pointee.encryption)
    return (OBJ_obj2nid(cipher), rounds)
  }

  /// The library limits scrypt's memory, and not its time (RFC 7914 section 2).
  private static func scryptRounds(_ der: [UInt8]) -> Int {
    let scrypt = DER.decode(der, as: ScryptObject.self) { d2i_SCRYPT_PARAMS(nil, $0, $1) }
    guard let parameters = scrypt?.pointer.pointee else { return 0 }
    let factors = [
      number(parameters.costParameter), number(parameters.blockSize),
      number(parameters.parallelizationParameter),
    ]
    return factors.reduce(1) { product, factor in
      let (result, overflows) = product.multipliedReportingOverflow(by: factor)
      return overflows ? .max : result
    }
  }

  /// A number that is not negative; the library takes all that it cannot hold for -1.
  static func number(_ integer: UnsafePointer<ASN1_INTEGER>?) -> Int {
    guard let integer else { return 0 }
    return ASN1_STRING_length(integer) > 7 ? .max : max(0, ASN1_INTEGER_get(integer))
  }

  static func checkRounds(_ count: Int) throws {
    guard count <= PKCS12.mostRounds else {
      throw PKIError(
        .unsupported,
        "The PKCS#12 file asks for more than \(PKCS12.mostRounds) rounds of key derivation.")
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

private enum ScryptObject: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<SCRYPT_PARAMS>) { SCRYPT_PARAMS_free(pointer) }
}
