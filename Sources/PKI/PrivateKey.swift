import COpenSSL

/// A private key: RSA, ECDSA, Ed25519 or Ed448.
///
/// It never shows itself: description, debugger and `dump` give its kind only. Coded forms are
/// secrets, so that they need a `SecretCoding`.
public struct PrivateKey: Sendable {
  /// The clear PKCS#8 encoding; a secret.
  public let pkcs8DER: [UInt8]
  private let facts: PublicKeyFacts

  /// Decodes a key, and tries it on a signature.
  ///
  /// - Parameter der: PKCS#8, PKCS#1 (RSA) or SEC 1 (elliptic curve), with nothing after it.
  /// - Throws: `PKIError` with `malformedKey`, `encryptedKey` or `unsupported`.
  public init(der: [UInt8]) throws {
    let key = try Self.decode(der)
    try self.init(key: key)
    try Self.trySignature(key)
  }

  /// Reads the first private key of a PEM text.
  ///
  /// - Throws: `PKIError`; an encrypted key and other formats are named.
  public init(pem: String) throws {
    self = try PEMContainer(text: pem).requirePrivateKey()
  }

  /// Takes over a key of OpenSSL's.
  init(key: Owned<KeyObject>) throws {
    let known = [EVP_PKEY_RSA, EVP_PKEY_RSA_PSS, EVP_PKEY_EC, EVP_PKEY_ED25519, EVP_PKEY_ED448]
    guard known.contains(EVP_PKEY_get_base_id(key.pointer)) else {
      throw PKIError(.unsupported, "The private key is of a kind that cannot sign certificates.")
    }
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let raw = EVP_PKEY2PKCS8(key.pointer) else {
      throw PKIError(.malformedKey, "The private key is incomplete.")
    }
    let info = Owned<KeyInfoObject>(adopting: raw)
    pkcs8DER = try DER.encode { i2d_PKCS8_PRIV_KEY_INFO(info.pointer, $0) }
    facts = try PublicKeyFacts(key: key.pointer)
  }

  /// Decodes what `pkcs8DER` once gave, without trying it.
  init(stored der: [UInt8]) throws { try self.init(key: Self.decode(der)) }

  /// The key as an object of OpenSSL's own.
  package func key() throws -> Owned<KeyObject> { try Self.decode(pkcs8DER) }

  private static func decode(_ der: [UInt8]) throws -> Owned<KeyObject> {
    guard let key = DER.decode(der, as: KeyObject.self, { d2i_AutoPrivateKey(nil, $0, $1) }) else {
      throw refusal(of: der)
    }
    return key
  }

  private static func refusal(of der: [UInt8]) -> PKIError {
    let encrypted = DER.decode(der, as: EncryptedKeyObject.self) { d2i_X509_SIG(nil, $0, $1) }
    return encrypted == nil
      ? PKIError(.malformedKey, "The private key is damaged and cannot be read.")
      : PKIError(.encryptedKey, "The private key is encrypted; decrypt it first.")
  }
}

extension PrivateKey {
  /// The clear PKCS#8 PEM form, with a line end after the last; a secret.
  public var pem: String { PEMBlock(label: "PRIVATE KEY", bytes: pkcs8DER).text }
  /// SHA-256 of the public half's SubjectPublicKeyInfo in lower-case hexadecimal.
  public var publicKeySHA256: String { facts.sha256 }
  /// Size in bits.
  public var bits: Int { facts.bits }
  /// The kind of key in words: `RSA 2048 bits`, `ECDSA P-256`, `Ed25519`.
  public var keyDescription: String { facts.description }

  /// Whether a certificate holds the public half of this key.
  public func fits(_ certificate: Certificate) -> Bool {
    if certificate.publicKeySHA256 == publicKeySHA256 { return true }
    // The same key may be encoded in two ways (a compressed point, an explicit curve).
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard certificate.keyDescription == keyDescription, let key = try? key(),
      let x509 = try? certificate.x509(), let publicKey = X509_get0_pubkey(x509.pointer)
    else { return false }
    return EVP_PKEY_eq(publicKey, key.pointer) == 1
  }
}

extension PrivateKey: Hashable {
  /// Compares the encodings.
  public static func == (one: PrivateKey, other: PrivateKey) -> Bool {
    one.pkcs8DER == other.pkcs8DER
  }

  /// Hashes the encoding.
  public func hash(into hasher: inout Hasher) { hasher.combine(pkcs8DER) }
}

extension PrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind of key; never the key.
  public var description: String { "\(keyDescription) private key ***" }
  /// The kind of key; never the key.
  public var debugDescription: String { description }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension PrivateKey: Codable {
  /// Decodes a key from a secret.
  ///
  /// - Throws: as `Secret`, or `PKIError.malformedKey`.
  public init(from decoder: any Decoder) throws {
    try self.init(stored: Secret(from: decoder).bytes)
  }

  /// Encodes the key as a secret.
  public func encode(to encoder: any Encoder) throws {
    try Secret(bytes: pkcs8DER).encode(to: encoder)
  }
}
