import PKI
import XMLCoding

/// A user's credential as a saved configuration holds it, within the user's element.
struct SavedCredential: Codable {
  /// The name of its element.
  static let elementName = "credential"

  /// The written form of the passphrase's hash: a secret like a private key.
  var passphrase: Secret?
  var sshKeys: [SSHPublicKey]

  init(_ credential: Credential) {
    passphrase = credential.passphrase.map { Secret($0.text) }
    sshKeys = credential.keys
  }

  /// Takes the credential out of a user's element; nil when it has none.
  ///
  /// - Throws: `DocumentError`, also for a passphrase that was masked.
  static func remove(from user: inout Element) throws(DocumentError) -> CredentialChange? {
    guard let index = user.children.firstIndex(where: { $0.name == elementName }) else {
      return nil
    }
    let element = user.children.remove(at: index)
    let path = "config/\(user.name)"
    let decoder = ElementDecoder(userInfo: [.secretCoding: SecretCoding.obfuscated])
    let saved = try decoder.decode(Self.self, from: element, under: path).value
    do {
      let hash = try saved.passphrase.map { try PasswordHash($0.text) }
      return CredentialChange(passphrase: hash, keys: saved.sshKeys)
    } catch {
      throw DocumentError(path: "\(path)/\(elementName)/passphrase", reason: "\(error)")
    }
  }
}
