import Files
public import GRDB

/// SQLite files in which what was acknowledged outlives a power failure.
public enum DurableDatabase {
  /// How every connection to such a file is opened.
  public static var configuration: Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    return configuration
  }

  /// Opens a file for writing, or makes it with mode 0600, and brings its tables up to date.
  ///
  /// - Parameters:
  ///   - path: the file; the caller sees to it that no other process makes it at the same moment.
  ///   - migrator: what makes its tables.
  ///   - check: looks at the file before anything is written to it.
  /// - Throws: `DurableDatabaseError`; `FileError` when it cannot be made; GRDB's `DatabaseError`;
  ///   what `check` throws.
  public static func open(
    _ path: String, _ migrator: DatabaseMigrator,
    check: (@Sendable (Database) throws -> Void)? = nil
  ) throws -> DatabaseQueue {
    // SQLite's other files take their mode from this one.
    try PrivateFile.make(at: path) { passing in
      let new = try DatabaseQueue(path: passing)
      try migrator.migrate(new)
      try new.close()
    }
    // SQLite takes it for a new database, and removes its write-ahead log.
    if PrivateFile.isEmpty(path) {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "it is empty")
    }
    var configuration = configuration
    // Before GRDB's own set-up, which writes: that would bury what is still good in a damaged file.
    configuration.prepareDatabase { database in
      try check?(database)
      guard try !migrator.hasBeenSuperseded(database) else { throw DurableDatabaseError.newer }
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { database in
      // GRDB's own WAL set-up asks for NORMAL, which may lose acknowledged commits; so after it.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
        throw DurableDatabaseError.unsynchronized
      }
    }
    try migrator.migrate(queue)
    return queue
  }
}

/// Why a file that can be read is not used; the words follow what it is called.
public enum DurableDatabaseError: Error, CustomStringConvertible {
  /// Commits could be lost.
  case unsynchronized
  /// It has tables that this program does not know.
  case newer

  /// The words, without a full stop.
  public var description: String {
    switch self {
    case .unsynchronized: "does not accept full synchronisation"
    case .newer: "was last used by a newer esash"
    }
  }
}
