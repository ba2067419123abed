import Databases
import Foundation
import GRDB

/// The SQLite file of an appliance: versions, the objects each of them changed, and facts.
///
/// It knows rows only; what they mean is `ConfigurationStore`'s.
struct HistoryDatabase: Sendable {
  private let queue: DatabaseQueue

  /// Opens or creates the file; the caller holds the creation lock.
  ///
  /// - Throws: `StoreError`, or `FileError` when it cannot be made.
  init(path: String) throws {
    do {
      queue = try DurableDatabase.open(path, Self.migrator) { database in
        if let fault = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), fault != "ok" {
          throw StoreError(damage: fault)
        }
      }
    } catch let error as DatabaseError {
      throw StoreError(error)
    } catch let error as DurableDatabaseError {
      throw StoreError("The appliance's database \(error).")
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE version (
            number INTEGER PRIMARY KEY, utc REAL NOT NULL, user TEXT NOT NULL,
            comment TEXT NOT NULL, rollback INTEGER NOT NULL);
          CREATE TABLE object (
            level TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            version INTEGER NOT NULL REFERENCES version(number), value BLOB,
            PRIMARY KEY (level, kind, name, version)) WITHOUT ROWID;
          CREATE INDEX object_version ON object(version);
          CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE credential (
            user TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("2") { database in
      try database.execute(
        sql: """
          CREATE TABLE account (
            user TEXT PRIMARY KEY, hash TEXT, failures INTEGER NOT NULL DEFAULT 0, lock INTEGER)
            WITHOUT ROWID;
          INSERT INTO account (user, hash) SELECT user, hash FROM credential;
          DROP TABLE credential;
          CREATE TABLE ssh_key (
            user TEXT NOT NULL, position INTEGER NOT NULL, line TEXT NOT NULL,
            PRIMARY KEY (user, position)) WITHOUT ROWID;
          CREATE TABLE login (
            number INTEGER PRIMARY KEY AUTOINCREMENT, door TEXT NOT NULL, user TEXT NOT NULL,
            origin TEXT NOT NULL, process INTEGER NOT NULL, began REAL NOT NULL, ended REAL);
          CREATE INDEX login_open ON login(number) WHERE ended IS NULL;
          """)
    }
    return migrator
  }

  /// Runs a closure in one read transaction.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (HistoryTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await queue.read { try body(HistoryTransaction(database: $0)) }
    } catch let error as DatabaseError {
      throw StoreError(error)
    }
  }

  /// Runs a closure outside of any transaction: for a single query, which is one by itself.
  ///
  /// What is asked with every command line is asked here; a transaction around it would cost several
  /// times as much.
  func look<Value: Sendable>(
    _ body: @escaping @Sendable (HistoryTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await queue.unsafeRead { try body(HistoryTransaction(database: $0)) }
    } catch let error as DatabaseError {
      throw StoreError(error)
    }
  }

  /// Runs a closure in one write transaction: it commits on return and rolls back on a throw.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (HistoryTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await queue.write { try body(HistoryTransaction(database: $0)) }
    } catch let error as DatabaseError {
      throw StoreError(error)
    }
  }

  /// A number that changes when another connection has committed.
  func dataVersion() async throws -> Int { try await look { try $0.pragma("data_version") } }
}

extension StoreError {
  fileprivate init(_ error: DatabaseError) {
    let message = error.message ?? "\(error.resultCode)"
    self =
      switch error.resultCode {
      case .SQLITE_BUSY:
        StoreError("The appliance's database is in use by another process; try again.")
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: StoreError(damage: message)
      default: StoreError("The appliance's database cannot be used: \(message).")
      }
  }

  /// What stands in the file is not what SQLite has written.
  ///
  /// - Parameter fault: what SQLite says of it; its first line is told.
  fileprivate init(damage fault: String) {
    let words = fault.split(separator: "\n").last { !$0.hasPrefix("***") } ?? "unreadable"
    self.init(
      "The appliance's database, esash.sqlite, is damaged: \(words). It is left as it is; "
        + "docs/reliability.md says how to save what is good in it.")
  }
}
