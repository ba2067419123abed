import COpenSSL

/// AES-256-GCM under one key.
///
/// Source: NIST SP 800-38D; EVP_EncryptInit(3).
///
/// A sealed text is a nonce of 12 bytes, the ciphertext, and a tag of 16 bytes.
public struct SecretBox: Sendable {
  private let key: [UInt8]
  private static let nonceSize = 12
  private static let tagSize = 16

  /// Makes a box from a key.
  ///
  /// - Parameter key: 32 bytes.
  /// - Throws: `PKIError.outOfBounds` for another length.
  public init(key: [UInt8]) throws {
    guard key.count == 32 else {
      throw PKIError(.outOfBounds, "The key that seals secrets must have 32 bytes.")
    }
    self.key = key
  }

  /// A new key of 32 bytes, from the system's generator.
  public static func randomKey() -> [UInt8] { .random(count: 32) }

  /// Seals bytes under a new random nonce.
  ///
  /// - Parameters:
  ///   - clear: what is to be hidden.
  ///   - context: what the secret belongs to; opening needs the same, it is not stored.
  public func seal(_ clear: [UInt8], authenticating context: [UInt8]) throws -> [UInt8] {
    try seal(clear, authenticating: context, nonce: .random(count: Self.nonceSize))
  }

  func seal(
    _ clear: [UInt8], authenticating context: [UInt8], nonce: [UInt8]
  ) throws -> [UInt8] {
    var hidden = [UInt8](repeating: 0, count: clear.count)
    var tag = [UInt8](repeating: 0, count: Self.tagSize)
    var length: Int32 = 0
    LibCrypto.clearErrors()
    defer { LibCrypto.clearErrors() }
    let cipher = try Owned<CipherContextObject>(EVP_CIPHER_CTX_new())
    guard EVP_EncryptInit_ex(cipher.pointer, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_EncryptUpdate(cipher.pointer, nil, &length, context, Int32(context.count)) == 1,
      EVP_EncryptUpdate(cipher.pointer, &hidden, &length, clear, Int32(clear.count)) == 1,
      EVP_EncryptFinal_ex(cipher.pointer, nil, &length) == 1,
      EVP_CIPHER_CTX_ctrl(cipher.pointer, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagSize), &tag) == 1
    else { throw PKIError(.library, "A secret could not be sealed.") }
    return nonce + hidden + tag
  }

  /// Opens sealed bytes.
  ///
  /// - Throws: `PKIError.sealBroken` for another key or context, or changed bytes.
  public func open(_ sealed: [UInt8], authenticating context: [UInt8]) throws -> [UInt8] {
    guard sealed.count >= Self.nonceSize + Self.tagSize else { throw Self.broken }
    let nonce = Array(sealed.prefix(Self.nonceSize))
    let hidden = Array(sealed.dropFirst(Self.nonceSize).dropLast(Self.tagSize))
    var tag = Array(sealed.suffix(Self.tagSize))
    var clear = [UInt8](repeating: 0, count: hidden.count)
    var length: Int32 = 0
    LibCrypto.clearErrors()
    defer { LibCrypto.clearErrors() }
    let cipher = try Owned<CipherContextObject>(EVP_CIPHER_CTX_new())
    guard EVP_DecryptInit_ex(cipher.pointer, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      EVP_DecryptUpdate(cipher.pointer, nil, &length, context, Int32(context.count)) == 1,
      EVP_DecryptUpdate(cipher.pointer, &clear, &length, hidden, Int32(hidden.count)) == 1,
      EVP_CIPHER_CTX_ctrl(cipher.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagSize), &tag) == 1,
      EVP_DecryptFinal_ex(cipher.pointer, nil, &length) == 1
    else { throw Self.broken }
    return clear
  }

  private static let broken = PKIError(
    .sealBroken, "A stored secret cannot be opened: its key is another one, or it was changed.")
}

extension SecretBox: CustomStringConvertible, CustomReflectable {
  /// Never the key.
  public var description: String { "SecretBox ***" }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
