import CLibSSH
public import ConfigurationStore
import Files
import Foundation

/// The keys by which clients know an appliance: made once, and kept.
public struct HostKeys: Sendable {
  /// Their files, the preferred first.
  let paths: [String]

  private static let kinds: [(name: String, type: ssh_keytypes_e, bits: Int32)] = [
    ("ed25519", SSH_KEYTYPE_ED25519, 0), ("ecdsa", SSH_KEYTYPE_ECDSA, 256),
    ("rsa", SSH_KEYTYPE_RSA, 3072),
  ]

  /// Finds an appliance's keys, and makes those that are missing.
  ///
  /// It may take a second, once.
  ///
  /// - Throws: `RemoteAccessError` when they cannot be made, `FileError` when they cannot be kept.
  @concurrent
  public static func prepare(of appliance: Appliance) async throws -> HostKeys {
    let folder = "\(appliance.directory)/ssh"
    try PrivateFile.makeFolder(folder)
    let lock = try FileLock(path: "\(folder)/lock", waits: true)
    defer { withExtendedLifetime(lock) {} }
    let keys = HostKeys(in: appliance)
    for (kind, path) in zip(kinds, keys.paths) where access(path, R_OK) != 0 {
      try make(kind.type, kind.bits, at: path)
    }
    return keys
  }

  /// The keys of an appliance that a server has prepared.
  init(in appliance: Appliance) {
    paths = Self.kinds.map { "\(appliance.directory)/ssh/host_\($0.name)" }
  }

  private static func make(_ type: ssh_keytypes_e, _ bits: Int32, at path: String) throws {
    var key: ssh_key?
    guard ssh_pki_generate(type, bits, &key) == SSH_OK, let key else {
      throw RemoteAccessError("An SSH host key could not be made.")
    }
    defer { ssh_key_free(key) }
    var text: UnsafeMutablePointer<CChar>?
    guard ssh_pki_export_privkey_base64(key, nil, nil, nil, &text) == SSH_OK, let text else {
      throw RemoteAccessError("An SSH host key could not be made.")
    }
    defer { ssh_string_free_char(text) }
    try PrivateFile.write(String(cString: text), to: path)
  }

  /// The fingerprint of the preferred key, as `ssh-keygen -l` shows it.
  public var fingerprint: String? {
    var key: ssh_key?
    guard let path = paths.first,
      ssh_pki_import_privkey_file(path, nil, nil, nil, &key) == SSH_OK, let key
    else { return nil }
    defer { ssh_key_free(key) }
    var hash: UnsafeMutablePointer<UInt8>?
    var length = 0
    guard ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &length) == 0, let hash
    else { return nil }
    var kept: UnsafeMutablePointer<UInt8>? = hash
    defer { ssh_clean_pubkey_hash(&kept) }
    guard let text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, length) else {
      return nil
    }
    defer { ssh_string_free_char(text) }
    return String(cString: text)
  }
}

/// What is wrong, in a sentence.
public struct RemoteAccessError: Error, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ sentence: String) { description = sentence }
}
