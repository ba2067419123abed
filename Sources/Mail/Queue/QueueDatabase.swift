import Databases
import GRDB

/// The SQLite file of the queue: its connections, its tables, its durability.
struct QueueDatabase: Sendable {
  /// The one connection that writes, on a thread of its own.
  let writer: DatabaseQueue
  /// Reads what is committed, beside the writer.
  let reader: DatabaseQueue
  /// Moves what the write-ahead log holds into the database.
  let checkpoints: DatabaseQueue

  /// Opens or creates the file with mode 0600.
  ///
  /// - Throws: `DatabaseError`, `DurableDatabaseError`; `FileError` when the file cannot be made.
  init(path: String) throws {
    writer = try DurableDatabase.open(path, Self.migrator)
    // `Checkpointer` chooses the moment.
    try writer.inDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
    try Self.shrink(writer)
    var configuration = DurableDatabase.configuration
    checkpoints = try DatabaseQueue(path: path, configuration: configuration)
    configuration.readonly = true
    reader = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Closes the connections; what the log holds goes into the database.
  func close() throws {
    try reader.close()
    try checkpoints.close()
    try writer.close()
  }

  /// Gives back the disk's space that an empty queue needs no more.
  private static func shrink(_ writer: DatabaseQueue) throws {
    try writer.inDatabase { database in
      let messages = try Int.fetchOne(database, sql: "SELECT count(*) FROM message")
      let pages = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
      guard messages == 0, pages > 1000 else { return }
      try database.execute(sql: "VACUUM")
      _ = try database.checkpoint(.truncate)
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE message (
            id INTEGER PRIMARY KEY, sender TEXT NOT NULL, size INTEGER NOT NULL,
            eightBit INTEGER NOT NULL, bounceProfile TEXT NOT NULL, alert INTEGER NOT NULL,
            received REAL NOT NULL);
          CREATE TABLE recipient (
            message INTEGER NOT NULL, rid INTEGER NOT NULL, address TEXT NOT NULL,
            attempts INTEGER NOT NULL, due REAL NOT NULL,
            PRIMARY KEY (message, rid)) WITHOUT ROWID;
          CREATE TABLE content (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
          CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
          CREATE TABLE spooled (name TEXT PRIMARY KEY) WITHOUT ROWID;
          CREATE TABLE alert (
            number INTEGER PRIMARY KEY AUTOINCREMENT, date REAL NOT NULL, category TEXT NOT NULL,
            severity TEXT NOT NULL, text TEXT NOT NULL);
          """)
    }
    return migrator
  }
}

/// Why the queue cannot do something, in one sentence.
struct QueueError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  let description: String

  init(_ description: String) { self.description = description }
}

/// What stands in the queue's file is not what was written there.
struct QueueDamage: Error, CustomStringConvertible {
  /// A sentence.
  let description: String

  /// Makes one of what SQLite says, if that is what it says.
  init?(_ error: DatabaseError) {
    guard error.resultCode == .SQLITE_CORRUPT else { return nil }
    description = "The mail queue is damaged: \(error.message ?? "\(error.resultCode)")."
  }
}
