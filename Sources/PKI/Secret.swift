/// A passphrase, a private key or anything else that must not be seen.
///
/// It prints `***` wherever it is shown. It is encoded and decoded only by a `SecretCoding`, which
/// says whether it is sealed, obfuscated, masked or plain.
public struct Secret: Sendable, Hashable {
  /// What is kept secret.
  public let bytes: [UInt8]

  /// Wraps bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// Wraps a text, as UTF-8.
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// The secret as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { bytes.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `***`.
  public var description: String { "***" }
  /// Always `***`.
  public var debugDescription: String { "***" }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Secret: Codable {
  /// Decodes a secret with the coding in the decoder's user info.
  ///
  /// - Throws: `PKIError.noSecretCoding` without one, `maskedSecret` for a value that was masked,
  ///   `sealBroken` for one that cannot be opened.
  public init(from decoder: any Decoder) throws {
    let coding = try SecretCoding(userInfo: decoder.userInfo)
    bytes = try coding.open(decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes the secret with the coding in the encoder's user info.
  ///
  /// - Throws: `PKIError.noSecretCoding` without one.
  public func encode(to encoder: any Encoder) throws {
    let coding = try SecretCoding(userInfo: encoder.userInfo)
    var container = encoder.singleValueContainer()
    try container.encode(coding.seal(bytes))
  }
}
