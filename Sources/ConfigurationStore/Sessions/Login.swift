public import Foundation
import GRDB

/// A login, past or present.
public struct Login: Hashable, Sendable {
  /// Counts from 1.
  public let number: Int64
  /// Who logged in.
  public let user: String
  /// From which address, or `console`.
  public let origin: String
  /// The process of its shell.
  public let process: Int32
  /// When it began, on the appliance's calendar.
  public let began: Date
  /// When it ended; nil while it lasts.
  public let ended: Date?
  /// Seconds since something was typed; of a session that lasts.
  public internal(set) var idleSeconds: TimeInterval = 0
  /// The name of its door.
  let door: String
}

extension HistoryTransaction {
  func beginLogin(
    door: String, user: String, origin: String, process: Int32, at date: Date
  ) throws -> Int64 {
    try database.execute(
      sql: "INSERT INTO login (door, user, origin, process, began) VALUES (?, ?, ?, ?, ?)",
      arguments: [door, user, origin, process, date.timeIntervalSince1970])
    return database.lastInsertedRowID
  }

  /// Notes an end, unless there is one; without a date, the beginning.
  func endLogin(_ number: Int64, at date: Date?) throws {
    try database.execute(
      sql:
        "UPDATE login SET ended = max(began, coalesce(?, began)) WHERE number = ? AND ended IS NULL",
      arguments: [date?.timeIntervalSince1970, number])
  }

  /// Removes old logins that are over.
  func forgetLogins(before number: Int64) throws {
    try database.execute(
      sql: "DELETE FROM login WHERE number < ? AND ended IS NOT NULL", arguments: [number])
  }

  /// Those without an end, oldest first.
  func openLogins() throws -> [Login] {
    try Row.fetchAll(database, sql: "SELECT * FROM login WHERE ended IS NULL ORDER BY number")
      .map(Login.init)
  }

  /// The newest first.
  func logins(limit: Int) throws -> [Login] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM login ORDER BY number DESC LIMIT ?", arguments: [limit]
    ).map(Login.init)
  }
}

extension Login {
  fileprivate init(_ row: Row) {
    number = row["number"]
    user = row["user"]
    origin = row["origin"]
    process = row["process"]
    began = Date(timeIntervalSince1970: row["began"])
    ended = (row["ended"] as TimeInterval?).map { Date(timeIntervalSince1970: $0) }
    door = row["door"]
  }
}
