import COpenSSL

/// What is worth knowing of a public key.
struct PublicKeyFacts: Sendable {
  /// Size in bits; 0 for a kind of key that the library does not know.
  let bits: Int
  /// `RSA 2048 bits`, `ECDSA P-256`, `Ed25519`.
  let description: String
  /// SHA-256 of the SubjectPublicKeyInfo, in lower-case hexadecimal.
  let sha256: String

  /// Reads the public half of a key.
  init(key: OpaquePointer) throws {
    bits = Int(EVP_PKEY_get_bits(key))
    description = Self.describe(key)
    sha256 = try DER.encode { i2d_PUBKEY(key, $0) }.sha256.hexadecimal
  }

  /// Reads the public key of a certificate or request, known or not.
  init(x509PublicKey: OpaquePointer?) throws {
    sha256 = try DER.encode { i2d_X509_PUBKEY(x509PublicKey, $0) }.sha256.hexadecimal
    if let key = X509_PUBKEY_get0(x509PublicKey) {
      bits = Int(EVP_PKEY_get_bits(key))
      description = Self.describe(key)
    } else {
      ERR_clear_error()
      var algorithm: OpaquePointer?
      X509_PUBKEY_get0_param(&algorithm, nil, nil, nil, x509PublicKey)
      bits = 0
      description = objectName(algorithm)
    }
  }

  private static func describe(_ key: OpaquePointer) -> String {
    let bits = EVP_PKEY_get_bits(key)
    switch EVP_PKEY_get_base_id(key) {
    case EVP_PKEY_RSA: return "RSA \(bits) bits"
    case EVP_PKEY_RSA_PSS: return "RSA-PSS \(bits) bits"
    case EVP_PKEY_EC: return "ECDSA \(curve(of: key) ?? "\(bits) bits")"
    case EVP_PKEY_ED25519: return "Ed25519"
    case EVP_PKEY_ED448: return "Ed448"
    default: return OBJ_nid2sn(EVP_PKEY_get_base_id(key)).map { String(cString: $0) } ?? "unknown"
    }
  }

  /// The curve as NIST calls it, else as OpenSSL does.
  private static func curve(of key: OpaquePointer) -> String? {
    var buffer = [CChar](repeating: 0, count: 64)
    var length = 0
    guard EVP_PKEY_get_group_name(key, &buffer, buffer.count, &length) == 1 else {
      ERR_clear_error()
      return nil
    }
    if let name = EC_curve_nid2nist(OBJ_sn2nid(buffer)) { return String(cString: name) }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
