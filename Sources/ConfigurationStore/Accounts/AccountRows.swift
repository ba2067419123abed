import Configuration
import GRDB
import PKI

/// A row of the account table.
struct AccountRow: Equatable, Sendable {
  /// The written form of the passphrase's hash.
  var hash: String?
  var failures = 0
  /// An `Accounts.Lock`.
  var lock: Int?

  /// Counts an attempt to come in: a right one forgets failures, a wrong one may lock the account.
  ///
  /// - Parameter limit: how many failures in a row lock; nil for any number.
  mutating func count(isRight: Bool, limit: Int?) {
    guard lock == nil else { return }
    failures = isRight ? 0 : failures + 1
    if let limit, failures >= limit { lock = Accounts.Lock.failures.rawValue }
  }
}

extension HistoryTransaction {
  /// The row of a user; an empty one where there is none.
  func account(_ user: String) throws -> AccountRow {
    let row = try Row.fetchOne(
      database, sql: "SELECT hash, failures, lock FROM account WHERE user = ?", arguments: [user])
    guard let row else { return AccountRow() }
    return AccountRow(hash: row[0], failures: row[1], lock: row[2])
  }

  /// Writes a user's row.
  func setAccount(_ user: String, _ row: AccountRow) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO account (user, hash, failures, lock) VALUES (?, ?, ?, ?)",
      arguments: [user, row.hash, row.failures, row.lock])
  }

  /// A user's passphrase hash and keys.
  ///
  /// - Throws: `StoreError` when a row cannot be read.
  func credential(_ user: String) throws -> Credential {
    let keys = try String.fetchAll(
      database, sql: "SELECT line FROM ssh_key WHERE user = ? ORDER BY position",
      arguments: [user])
    do {
      return Credential(
        passphrase: try account(user).hash.map { try PasswordHash($0) },
        keys: try keys.map { try SSHPublicKey($0) })
    } catch is PKIError {
      throw StoreError("The credentials of \(user) in the database cannot be read.")
    }
  }

  /// Whether another session has changed a user's keys since a change of them was made: committed, it
  /// would bring back a key that was removed.
  func hasOtherKeys(than change: CredentialChange, _ user: String) throws -> Bool {
    guard let wanted = change.keys, let before = change.keysBefore, !change.isOfNewUser else {
      return false
    }
    let present = try credential(user).keys
    return present != before && present != wanted
  }

  /// Makes a change of a user's credentials true; another passphrase forgets failures.
  func apply(_ change: CredentialChange, to user: String) throws {
    var row = change.isOfNewUser ? AccountRow() : try account(user)
    if let passphrase = change.passphrase {
      row.hash = passphrase.text
      row.failures = 0
    }
    try setAccount(user, row)
    guard let keys = change.isOfNewUser ? change.keys ?? [] : change.keys else { return }
    try database.execute(sql: "DELETE FROM ssh_key WHERE user = ?", arguments: [user])
    for (position, key) in keys.enumerated() {
      try database.execute(
        sql: "INSERT INTO ssh_key VALUES (?, ?, ?)", arguments: [user, position, key.line])
    }
  }
}
