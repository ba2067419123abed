import COpenSSL

extension PrivateKey {
  /// Generates a key, away from the caller's actor: 4,096 bits may take seconds.
  ///
  /// - Throws: `PKIError.outOfBounds` for a size that is not offered.
  /// - Source: EVP_RSA_gen(3), EVP_EC_gen(3).
  @concurrent
  public static func generate(_ algorithm: KeyAlgorithm) async throws -> PrivateKey {
    LibCrypto.clearErrors()
    switch algorithm {
    case .rsa(let bits):
      guard 1024...8192 ~= bits else {
        throw PKIError(.outOfBounds, "The size of an RSA key must be from 1024 to 8192 bits.")
      }
      return try PrivateKey(key: Owned(COpenSSL_EVP_RSA_gen(bits)))
    case .p256: return try PrivateKey(key: Owned(COpenSSL_EVP_EC_gen("P-256")))
    }
  }

  /// Signs a probe and verifies it, with the key's own default digest.
  ///
  /// A key whose halves do not belong together is found out here, not in a handshake.
  static func trySignature(_ key: Owned<KeyObject>) throws {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    let probe = Array("probe".utf8)
    let signer = try Owned<DigestContextObject>(EVP_MD_CTX_new())
    let verifier = try Owned<DigestContextObject>(EVP_MD_CTX_new())
    var length = 0
    var signature = [UInt8](repeating: 0, count: Int(max(0, EVP_PKEY_get_size(key.pointer))))
    length = signature.count
    guard EVP_DigestSignInit(signer.pointer, nil, nil, nil, key.pointer) == 1,
      EVP_DigestSign(signer.pointer, &signature, &length, probe, probe.count) == 1,
      EVP_DigestVerifyInit(verifier.pointer, nil, nil, nil, key.pointer) == 1,
      EVP_DigestVerify(verifier.pointer, signature, length, probe, probe.count) == 1
    else {
      throw PKIError(.malformedKey, "The private key is damaged: what it signs does not verify.")
    }
  }

  /// SHA-256, or nil for the Edwards curves, which bring their own.
  static func digest(for key: Owned<KeyObject>) -> OpaquePointer? {
    switch EVP_PKEY_get_base_id(key.pointer) {
    case EVP_PKEY_ED25519, EVP_PKEY_ED448: nil
    default: EVP_sha256()
    }
  }
}
