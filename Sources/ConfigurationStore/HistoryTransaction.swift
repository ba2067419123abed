import Foundation
import GRDB

/// One row of the object table: what a version made of one object.
struct ObjectRow: Sendable {
  let level: String
  let kind: String
  let name: String
  /// The encoded value, or nil where the object was deleted.
  let value: Data?
}

/// The reads and writes of one transaction.
struct HistoryTransaction {
  let database: Database

  /// The number that the connection has for a setting of SQLite's.
  func pragma(_ name: String) throws -> Int {
    try Int.fetchOne(database, sql: "PRAGMA \(name)") ?? 0
  }

  /// The newest version's number, 0 when there is none.
  func latestVersion() throws -> Int {
    // Asked for with every command line, as facts are: parsing it anew would show.
    try Int.fetchOne(database.cachedStatement(sql: "SELECT max(number) FROM version")) ?? 0
  }

  /// The newest row of each object at a version.
  func objects(at version: Int) throws -> [ObjectRow] {
    // SQLite takes the other columns from the row that has the maximum.
    try rows(
      "SELECT level, kind, name, max(version), value FROM object WHERE version <= ? "
        + "GROUP BY level, kind, name", [version])
  }

  /// The newest row of each object that changed after a version.
  func objects(after version: Int) throws -> [ObjectRow] {
    try rows(
      "SELECT level, kind, name, max(version), value FROM object WHERE version > ? "
        + "GROUP BY level, kind, name", [version])
  }

  /// Whether a version after another one has deleted an object.
  func wasDeleted(kind: String, name: String, after version: Int) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: "SELECT EXISTS (SELECT 1 FROM object WHERE kind = ? AND name = ? AND version > ? "
        + "AND value IS NULL)",
      arguments: [kind, name, version]) ?? false
  }

  private func rows(_ sql: String, _ arguments: StatementArguments) throws -> [ObjectRow] {
    let cursor = try Row.fetchCursor(database, sql: sql, arguments: arguments)
    var rows: [ObjectRow] = []
    while let row = try cursor.next() {
      rows.append(ObjectRow(level: row[0], kind: row[1], name: row[2], value: row[4]))
    }
    return rows
  }

  /// Versions, newest first.
  func versions(limit: Int) throws -> [VersionRecord] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM version ORDER BY number DESC LIMIT ?", arguments: [limit]
    ).map(record)
  }

  /// The record of one version, or nil.
  func version(_ number: Int) throws -> VersionRecord? {
    try Row.fetchOne(
      database, sql: "SELECT * FROM version WHERE number = ?", arguments: [number]
    ).map(record)
  }

  private func record(_ row: Row) -> VersionRecord {
    VersionRecord(
      number: row["number"], date: Date(timeIntervalSince1970: row["utc"]), user: row["user"],
      comment: row["comment"], isKeptForRollback: row["rollback"])
  }

  /// Writes a version with what it changed.
  func append(_ record: VersionRecord, _ rows: [ObjectRow]) throws {
    try database.execute(
      sql: "INSERT INTO version VALUES (?, ?, ?, ?, ?)",
      arguments: [
        record.number, record.date.timeIntervalSince1970, record.user, record.comment,
        record.isKeptForRollback,
      ])
    let statement = try database.makeStatement(sql: "INSERT INTO object VALUES (?, ?, ?, ?, ?)")
    for row in rows {
      try statement.execute(arguments: [row.level, row.kind, row.name, record.number, row.value])
    }
  }

  /// A fact of the appliance, such as its release.
  func fact(_ name: String) throws -> String? {
    try String.fetchOne(
      database.cachedStatement(sql: "SELECT value FROM fact WHERE name = ?"), arguments: [name])
  }

  /// Sets a fact.
  func setFact(_ name: String, _ value: String) throws {
    try database.execute(
      sql: "INSERT INTO fact VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
      arguments: [name, value])
  }
}
