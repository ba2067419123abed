public import Configuration
public import PKI

/// Who may come in: passphrases, keys, failed attempts and locks, all outside the history.
///
/// Everything here acts at once. Whoever lets users in from outside (SSH, HTTPS) asks `verify`.
public struct Accounts: Sendable {
  /// What became of an attempt to come in.
  public enum Verdict: Equatable, Sendable {
    /// The user is who it says it is, and may do what the role allows.
    case accepted(Role)
    /// Unknown user, wrong passphrase or key, or none was ever set: nobody is told which.
    case refused
    /// The account is locked, or has been by this very attempt.
    case locked
  }

  /// Why an account is locked.
  public enum Lock: Int, Sendable {
    /// Too many failed attempts.
    case failures = 1
    /// An administrator's wish.
    case administrator = 2
  }

  /// How an account stands.
  public struct Status: Equatable, Sendable {
    /// Why it is locked; nil when it is not.
    public var lock: Lock?
    /// Failed attempts since the last good one.
    public var failures = 0
    /// Whether a passphrase is set.
    public var hasPassphrase = false

    /// Makes the status of an account that is not locked.
    public init(lock: Lock? = nil, failures: Int = 0, hasPassphrase: Bool = false) {
      self.lock = lock
      self.failures = failures
      self.hasPassphrase = hasPassphrase
    }
  }

  private let store: ConfigurationStore
  private let database: HistoryDatabase

  init(store: ConfigurationStore, database: HistoryDatabase) {
    self.store = store
    self.database = database
  }

  /// A hash that no passphrase has: what is compared where there is nothing to compare with, so
  /// that a passphrase is hashed in any case.
  private static let nobody =
    "$scrypt$ln=15,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

  // MARK: Coming in

  /// Whether a passphrase is the user's; a failure is counted and may lock the account.
  ///
  /// It takes about 0.1 s, away from the caller's actor, and where something is counted the time of
  /// a commit: whoever answers strangers holds refusals back until a moment that does not tell.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func verify(_ user: String, passphrase: String) async throws -> Verdict {
    let hash = try await credential(of: user).passphrase
    let isRight = try await (hash ?? PasswordHash(Self.nobody)).verify(passphrase)
    return try await settle(user, isRight: isRight && hash != nil)
  }

  /// Whether a key is one of the user's; the caller has seen a signature by it.
  ///
  /// Clients offer all their keys in turn, so that a strange one is no failure.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func verify(_ user: String, key: SSHPublicKey) async throws -> Verdict {
    guard try await credential(of: user).keys.contains(where: { $0.blob == key.blob }) else {
      return .refused
    }
    return try await settle(user, isRight: true)
  }

  /// The newest version, by which `role` tells who came in from whoever has the name later.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func version() async throws -> Int { try await store.committed().version }

  /// What a user may do at this moment; nil for one who is locked, or gone.
  ///
  /// - Parameter version: the newest one when the user came in: one who was deleted since is gone,
  ///   also where there is one of that name again.
  /// - Throws: `StoreError` when the database cannot be used.
  public func role(of user: String, since version: Int) async throws -> Role? {
    guard try await status(of: user).lock == nil else { return nil }
    return try await store.role(of: user, since: version)
  }

  /// Counts an attempt; a locked account lets nobody in, however right the passphrase is.
  private func settle(_ user: String, isRight: Bool) async throws -> Verdict {
    let configuration = try await store.committed().configuration
    guard let role = configuration.users[user]?.role else { return .refused }
    let limit = configuration.accountPolicy.failuresBeforeLock
    let known = try await database.read { try $0.account(user) }
    var row = known
    row.count(isRight: isRight, limit: limit)
    // What stays as it is is not written: who is right gets in, whether the disk is full or not.
    if row != known {
      row = try await database.write { transaction in
        var row = try transaction.account(user)
        row.count(isRight: isRight, limit: limit)
        try transaction.setAccount(user, row)
        return row
      }
    }
    if row.lock != nil { return .locked }
    return isRight ? .accepted(role) : .refused
  }

  // MARK: Changing

  /// Sets a user's passphrase.
  ///
  /// - Throws: `ConfigurationError` with a sentence when the committed policy refuses it; `StoreError`
  ///   when the database cannot be used.
  public func setPassphrase(_ passphrase: String, of user: String) async throws {
    let policy = try await store.committed().configuration.accountPolicy
    try policy.check(passphrase, of: user)
    let hash = try await PasswordHash.make(of: passphrase)
    try await database.write { try $0.apply(CredentialChange(passphrase: hash), to: user) }
  }

  /// Locks an account for all logins from outside.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func lock(_ user: String) async throws { try await setLock(.administrator, of: user) }

  /// Unlocks an account and forgets its failures.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func unlock(_ user: String) async throws { try await setLock(nil, of: user) }

  private func setLock(_ lock: Lock?, of user: String) async throws {
    try await database.write { transaction in
      var row = try transaction.account(user)
      row.lock = lock?.rawValue
      row.failures = 0
      try transaction.setAccount(user, row)
    }
  }

  // MARK: Looking

  /// How an account stands.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func status(of user: String) async throws -> Status {
    let row = try await database.read { try $0.account(user) }
    return Status(
      lock: row.lock.flatMap(Lock.init), failures: row.failures, hasPassphrase: row.hash != nil)
  }

  /// A user's passphrase hash and keys; empty for one who has none.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func credential(of user: String) async throws -> Credential {
    try await database.read { try $0.credential(user) }
  }

  /// The credentials of several users, without those that are empty.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func credentials(of users: [String]) async throws -> [String: Credential] {
    try await database.read { transaction in
      var found: [String: Credential] = [:]
      for user in users {
        let credential = try transaction.credential(user)
        if !credential.isEmpty { found[user] = credential }
      }
      return found
    }
  }
}
