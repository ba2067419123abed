public import PKI

/// What proves who a user is; it stands outside the configuration's history.
public struct Credential: Hashable, Sendable {
  /// The hash of the passphrase; nil until one is set.
  public var passphrase: PasswordHash?
  /// The keys that SSH accepts.
  public var keys: [SSHPublicKey]

  /// Makes a credential.
  public init(passphrase: PasswordHash? = nil, keys: [SSHPublicKey] = []) {
    self.passphrase = passphrase
    self.keys = keys
  }

  /// Whether there is nothing to prove anything by.
  public var isEmpty: Bool { passphrase == nil && keys.isEmpty }
}

/// What a draft makes of a user's credential; it becomes true with the commit.
public struct CredentialChange: Hashable, Sendable {
  /// Another passphrase; nil leaves it.
  public var passphrase: PasswordHash?
  /// Other keys; nil leaves them.
  public var keys: [SSHPublicKey]?
  /// The keys that `keys` was made from; nil where it does not matter what there was.
  public var keysBefore: [SSHPublicKey]?
  /// Whether all that an earlier user of this name had is forgotten first.
  public var isOfNewUser: Bool

  /// Makes a change.
  public init(
    passphrase: PasswordHash? = nil, keys: [SSHPublicKey]? = nil, isOfNewUser: Bool = false
  ) {
    self.passphrase = passphrase
    self.keys = keys
    self.isOfNewUser = isOfNewUser
  }

  /// What it is about, in a few words for people; never what it holds.
  public var summary: String {
    let parts = [passphrase == nil ? nil : "passphrase", keys == nil ? nil : "SSH keys"]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
