import COpenSSL

/// Walks through a PKCS#12 file and decrypts what it holds.
struct PKCS12Reader {
  /// The file needs algorithms that the context lacks.
  struct LegacyNeeded: Error {}

  let library: LibraryContext
  let allowsModern: Bool

  /// Bags within bags go no deeper than this.
  private static let deepest = 8

  /// - Parameter isKnown: whether the MAC has shown that the passphrase is right, so that what does
  ///   not decrypt is damaged.
  func contents(
    of file: PKCS12File, passphrase: PKCS12Passphrase, isKnown: Bool = false
  ) throws -> PKCS12Contents {
    var contents = PKCS12Contents()
    let lock = Lock(passphrase: passphrase, isKnown: isKnown)
    let parts = try file.parts()
    for index in 0..<max(0, OPENSSL_sk_num(parts.pointer)) {
      guard let raw = OPENSSL_sk_value(parts.pointer, index) else { continue }
      let part = raw.assumingMemoryBound(to: PKCS7.self)
      let bags = try bags(of: part, lock, &contents)
      try collect(bags.pointer, lock, depth: 0, &contents)
    }
    return contents
  }

  /// What opens the encrypted parts.
  private struct Lock {
    let passphrase: PKCS12Passphrase
    let isKnown: Bool

    /// Why something did not decrypt.
    var failure: PKIError {
      if LibCrypto.takeErrors().contains(where: \.isUnknownAlgorithm) {
        return PKIError(.unsupported, "The PKCS#12 file uses an encryption that is not known.")
      }
      return isKnown ? PKCS12.damaged : PKCS12.wrongPassphrase
    }
  }

  /// The bags of one part: `STACK_OF(PKCS12_SAFEBAG)`.
  private func bags(
    of part: UnsafeMutablePointer<PKCS7>, _ lock: Lock, _ contents: inout PKCS12Contents
  ) throws -> Owned<SafeBagStackObject> {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    switch OBJ_obj2nid(part.pointee.type) {
    case NID_pkcs7_data:
      guard let bags = PKCS12_unpack_p7data(part) else { throw PKCS12.damaged }
      return Owned(adopting: bags)
    case NID_pkcs7_encrypted:
      guard let encrypted = part.pointee.d.encrypted,
        let algorithm = encrypted.pointee.enc_data?.pointee.algorithm
      else { throw PKCS12.damaged }
      try check(algorithm, &contents)
      let raw = lock.passphrase.with { PKCS12_unpack_p7encdata(part, $0, $1) }
      guard let raw else { throw lock.failure }
      contents.wasEncrypted = true
      return Owned(adopting: raw)
    default:
      throw PKIError(.unsupported, "The PKCS#12 file is not protected by a pass phrase.")
    }
  }

  private func check(
    _ algorithm: UnsafePointer<X509_ALGOR>?, _ contents: inout PKCS12Contents
  ) throws {
    let parameters = try PBEParameters(algorithm)
    contents.rounds += parameters.rounds
    try PBEParameters.checkRounds(contents.rounds)
    if parameters.isModern, !allowsModern {
      throw PKIError(
        .modernRefused,
        "The PKCS#12 file is encrypted in a newer way (PBES2); export it with 3DES instead.")
    }
    if parameters.isLegacy, !library.hasLegacy { throw LegacyNeeded() }
  }

  private func collect(
    _ bags: OpaquePointer?, _ lock: Lock, depth: Int, _ contents: inout PKCS12Contents
  ) throws {
    guard depth < Self.deepest else { throw PKCS12.damaged }
    for index in 0..<max(0, OPENSSL_sk_num(bags)) {
      guard let bag = OPENSSL_sk_value(bags, index).map({ OpaquePointer($0) }) else { continue }
      switch PKCS12_SAFEBAG_get_nid(bag) {
      case NID_keyBag:
        try contents.keys.append(privateKey(PKCS12_SAFEBAG_get0_p8inf(bag)))
      case NID_pkcs8ShroudedKeyBag:
        let key = try shroudedKey(bag, lock, &contents)
        contents.keys.append(key)
        contents.wasEncrypted = true
      case NID_certBag:
        if let certificate = try certificate(bag) { contents.certificates.append(certificate) }
      case NID_safeContentsBag:
        try collect(PKCS12_SAFEBAG_get0_safes(bag), lock, depth: depth + 1, &contents)
      default: continue  // Revocation lists and tools' own secrets are of no use here.
      }
    }
  }

  private func shroudedKey(
    _ bag: OpaquePointer, _ lock: Lock, _ contents: inout PKCS12Contents
  ) throws -> PrivateKey {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    var algorithm: UnsafePointer<X509_ALGOR>?
    X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, nil)
    try check(algorithm, &contents)
    let raw = lock.passphrase.with {
      PKCS12_decrypt_skey_ex(bag, $0, $1, library.pointer, nil)
    }
    guard let raw else { throw lock.failure }
    let info = Owned<KeyInfoObject>(adopting: raw)
    return try privateKey(info.pointer)
  }

  private func privateKey(_ info: OpaquePointer?) throws -> PrivateKey {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let info, let raw = EVP_PKCS82PKEY(info) else { throw Self.damagedKey }
    let key = Owned<KeyObject>(adopting: raw)
    do {
      let privateKey = try PrivateKey(key: key)
      try PrivateKey.trySignature(key)
      return privateKey
    } catch let error as PKIError where error.code == .malformedKey { throw Self.damagedKey }
  }

  private func certificate(_ bag: OpaquePointer) throws -> Certificate? {
    guard PKCS12_SAFEBAG_get_bag_nid(bag) == NID_x509Certificate else { return nil }
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let raw = PKCS12_SAFEBAG_get1_cert(bag) else { throw Self.damagedCertificate }
    let x509 = Owned<X509Object>(adopting: raw)
    do { return try Certificate(x509: x509.pointer) } catch { throw Self.damagedCertificate }
  }

  private static let damagedKey = PKIError(
    .corrupt, "The private key in the PKCS#12 file is damaged.")
  private static let damagedCertificate = PKIError(
    .corrupt, "A certificate in the PKCS#12 file is damaged.")
}
