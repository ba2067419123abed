import Foundation
import GRDB

/// The reads and writes of one transaction on the queue.
struct QueueTransaction {
  let database: Database
  /// What was done so far.
  private(set) var changes = QueueChanges()

  init(database: Database) { self.database = database }

  /// Puts a message into the queue, due at once.
  mutating func insert(_ message: NewMessage) throws {
    let queued = QueuedMessage(message)
    let id = message.id.number
    try run(
      "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        id, queued.sender, queued.size, queued.isEightBit, queued.bounceProfile, queued.isAlert,
        queued.receivedAt.timeIntervalSince1970,
      ])
    for recipient in queued.recipients {
      try run(
        "INSERT INTO recipient VALUES (?, ?, ?, 0, ?)",
        [id, recipient.index, recipient.address, recipient.due.timeIntervalSince1970])
    }
    try run("INSERT INTO content VALUES (?, ?)", [id, Data(message.content)])
    changes.arrived.append((queued, message.content))
  }

  /// Removes a message that waits for nobody any more.
  ///
  /// - Returns: whether it was there and went.
  @discardableResult
  mutating func removeIfFinished(_ id: MessageID) throws -> Bool {
    let removal = try database.cachedStatement(
      sql: """
        DELETE FROM message WHERE id = ?1
        AND NOT EXISTS (SELECT 1 FROM recipient WHERE message = ?1) RETURNING size
        """)
    guard let size = try Int.fetchOne(removal, arguments: [id.number]) else { return false }
    try run("DELETE FROM content WHERE id = ?", [id.number])
    changes.gone.append((id, size))
    return true
  }

  /// Messages in the order of their numbers.
  ///
  /// - Parameter after: the last one that is known already.
  func messages(after: MessageID? = nil, limit: Int = .max) throws -> [QueuedMessage] {
    let first = after.map { $0.number + 1 } ?? 0
    let rows = try database.cachedStatement(
      sql: "SELECT * FROM message WHERE id >= ? ORDER BY id LIMIT ?")
    var messages = try Array(
      Row.fetchCursor(rows, arguments: [first, limit]).map(QueuedMessage.init(row:)))
    guard let last = messages.last else { return [] }
    let recipients = try Row.fetchCursor(
      try database.cachedStatement(
        sql: "SELECT * FROM recipient WHERE message BETWEEN ? AND ? ORDER BY message, rid"),
      arguments: [first, last.id.number])
    // Both come in the order of messages: one walk joins them.
    var index = 0
    while let row = try recipients.next() {
      let id: Int = row["message"]
      while messages[index].id.number < id { index += 1 }
      messages[index].recipients.append(QueuedMessage.Recipient(row: row))
    }
    return messages
  }

  /// One message; nil when it is gone.
  func message(_ id: MessageID) throws -> QueuedMessage? {
    guard
      let row = try Row.fetchOne(
        database.cachedStatement(sql: "SELECT * FROM message WHERE id = ?"),
        arguments: [id.number])
    else { return nil }
    return QueuedMessage(row: row)
  }

  /// The content of a message; nil when it is gone.
  func content(of id: MessageID) throws -> [UInt8]? {
    let statement = try database.cachedStatement(sql: "SELECT bytes FROM content WHERE id = ?")
    return try Data.fetchOne(statement, arguments: [id.number]).map { [UInt8]($0) }
  }

  /// The first bytes of a message.
  func content(of id: MessageID, limit: Int) throws -> [UInt8] {
    let statement = try database.cachedStatement(
      sql: "SELECT substr(bytes, 1, ?) FROM content WHERE id = ?")
    return [UInt8](try Data.fetchOne(statement, arguments: [limit, id.number]) ?? Data())
  }

  /// Messages and bytes in the queue.
  func usage() throws -> QueueUsage {
    let row = try Row.fetchOne(
      database, sql: "SELECT count(*), coalesce(sum(size), 0) FROM message")
    return QueueUsage(messages: row?[0] ?? 0, bytes: row?[1] ?? 0)
  }

  /// Runs a statement that is prepared once for each connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
