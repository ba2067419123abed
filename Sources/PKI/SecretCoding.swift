/// How secrets are written and read: put into a coder's `userInfo` under `.secretCoding`.
///
/// Forms: `$sealed$BASE64` under the appliance's own key, `$obfuscated$BASE64` under a published
/// one, `$base64$BASE64` for what cannot stand as text, asterisks for what was masked, and the
/// plain text.
public struct SecretCoding: Sendable {
  /// Writes a secret as text.
  public let seal: @Sendable ([UInt8]) throws -> String
  /// Reads a secret, or throws a `PKIError` with `sealBroken` or `maskedSecret`.
  public let open: @Sendable (String) throws -> [UInt8]

  /// Makes a coding from its two directions.
  ///
  /// - Parameters:
  ///   - seal: writes a secret as text.
  ///   - open: reads what `seal` wrote.
  public init(
    seal: @escaping @Sendable ([UInt8]) throws -> String,
    open: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    self.seal = seal
    self.open = open
  }

  /// Finds the coding of an encoder or decoder.
  ///
  /// - Throws: `PKIError.noSecretCoding`.
  init(userInfo: [CodingUserInfoKey: Any]) throws {
    guard let coding = userInfo[.secretCoding] as? SecretCoding else {
      throw PKIError(
        .noSecretCoding, "A secret cannot be stored or loaded without a way to seal it.")
    }
    self = coding
  }

  /// For the appliance's own database: nothing but what this box sealed is read.
  ///
  /// - Parameters:
  ///   - box: the box with the appliance's key.
  ///   - context: the key of the object that the secret belongs to.
  public static func sealed(_ box: SecretBox, authenticating context: [UInt8]) -> SecretCoding {
    SecretCoding(
      seal: { try SecretForm.sealed.text(box.seal($0, authenticating: context)) },
      open: { text in
        guard let sealed = try SecretForm.sealed.bytes(of: text) else {
          throw PKIError(.sealBroken, "A stored secret is not sealed.")
        }
        return try box.open(sealed, authenticating: context)
      })
  }

  /// For a saved configuration with "Encrypt passphrases", which any appliance must load (G7).
  ///
  /// The key is published, so that this keeps a secret from a glance, not from a reader. The same
  /// secret is written alike each time, so that two saved files can be compared.
  public static let obfuscated = SecretCoding(
    seal: { try SecretForm.obfuscated.text(Obfuscation.hide($0)) }, open: openSaved)

  /// For a saved configuration with "Mask passphrases": secrets are lost.
  public static let masked = SecretCoding(seal: { _ in "*****" }, open: openSaved)

  /// For a saved configuration with "Plain passphrases".
  public static let plain = SecretCoding(
    seal: { bytes in
      guard let text = String(validating: bytes, as: UTF8.self), !SecretForm.isTaken(text),
        !text.unicodeScalars.contains(where: \.isUnprintable)
      else { return SecretForm.base64.text(bytes) }
      return text
    }, open: openSaved)

  /// Reads whatever a saved configuration may hold, since the file does not say how it was saved.
  private static let openSaved: @Sendable (String) throws -> [UInt8] = { text in
    if let hidden = try SecretForm.obfuscated.bytes(of: text) {
      return try Obfuscation.show(hidden)
    }
    if let bytes = try SecretForm.base64.bytes(of: text) { return bytes }
    if SecretForm.isMask(text) {
      throw PKIError(
        .maskedSecret, "The file was saved with masked passphrases; it cannot be loaded.")
    }
    if text.hasPrefix(SecretForm.sealed.rawValue) {
      throw PKIError(.sealBroken, "A secret is sealed under the key of another appliance.")
    }
    return Array(text.utf8)
  }
}

extension CodingUserInfoKey {
  /// Where `Secret` looks for its `SecretCoding`.
  public static let secretCoding = make("org.esash.secretCoding")

  private static func make(_ name: String) -> CodingUserInfoKey {
    guard let key = CodingUserInfoKey(rawValue: name) else {
      preconditionFailure("Every text names a key.")
    }
    return key
  }
}

/// The marks by which written secrets are told apart.
private enum SecretForm: String, CaseIterable {
  case sealed = "$sealed$"
  case obfuscated = "$obfuscated$"
  case base64 = "$base64$"

  func text(_ bytes: [UInt8]) -> String { rawValue + bytes.base64 }

  /// The bytes behind the mark; nil for a text without it.
  func bytes(of text: String) throws -> [UInt8]? {
    guard text.hasPrefix(rawValue) else { return nil }
    guard let bytes = [UInt8](base64: String(text.dropFirst(rawValue.count))) else {
      throw PKIError(.sealBroken, "A stored secret is damaged.")
    }
    return bytes
  }

  static func isMask(_ text: String) -> Bool { !text.isEmpty && text.allSatisfy { $0 == "*" } }

  /// Whether a plain text would be taken for another form.
  static func isTaken(_ text: String) -> Bool {
    isMask(text) || allCases.contains { text.hasPrefix($0.rawValue) }
  }
}

/// Hides secrets under a key that everybody knows: the SHA-256 of a published sentence.
private enum Obfuscation {
  static func hide(_ clear: [UInt8]) throws -> [UInt8] {
    try box().seal(clear, authenticating: [], nonce: Array(clear.sha256.prefix(12)))
  }

  static func show(_ hidden: [UInt8]) throws -> [UInt8] {
    try box().open(hidden, authenticating: [])
  }

  private static func box() throws -> SecretBox {
    try SecretBox(key: Array("esash saved configuration".utf8).sha256)
  }
}
