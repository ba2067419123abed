import Foundation
import GRDB

/// The recipients that wait at one domain.
struct DomainBacklog: Hashable, Sendable {
  /// The domain in small letters.
  var domain: String
  /// Recipients that wait.
  var recipients: Int
  /// Those of them for whom an attempt has failed.
  var delayed: Int
  /// When the oldest of their messages came.
  var oldest: Date
}

extension MessageQueue {
  /// Removes recipients without telling anybody, and the messages that then wait for nobody.
  ///
  /// - Returns: the RIDs that were removed, by message.
  func deleteRecipients(matching filter: RecipientFilter) async throws
    -> [MessageID: [Int]]
  {
    try await write { transaction in
      var removed: [MessageID: [Int]] = [:]
      for waiting in try transaction.recipients(matching: filter) {
        try transaction.run(
          "DELETE FROM recipient WHERE message = ? AND rid = ?",
          [waiting.message.number, waiting.index])
        removed[waiting.message, default: []].append(waiting.index)
      }
      for id in removed.keys.sorted() { try transaction.removeIfFinished(id) }
      return removed
    }
  }

  /// The RIDs of a message that wait.
  func recipients(of id: MessageID) async throws -> Set<Int> {
    try await read {
      try Int.fetchSet(
        $0.database, sql: "SELECT rid FROM recipient WHERE message = ?", arguments: [id.number])
    }
  }

  /// The domains for which recipients wait, the largest number first.
  func backlog() async throws -> [DomainBacklog] {
    try await read { transaction in
      var domains: [String: DomainBacklog] = [:]
      for waiting in try transaction.recipients(matching: .all) {
        let domain = mailDomain(of: waiting.address)
        var backlog =
          domains[domain]
          ?? DomainBacklog(domain: domain, recipients: 0, delayed: 0, oldest: waiting.receivedAt)
        backlog.recipients += 1
        if waiting.attempts > 0 { backlog.delayed += 1 }
        backlog.oldest = min(backlog.oldest, waiting.receivedAt)
        domains[domain] = backlog
      }
      return domains.values.sorted { ($1.recipients, $0.domain) < ($0.recipients, $1.domain) }
    }
  }
}

/// A recipient with what its message says of it.
private struct WaitingRecipient {
  let message: MessageID
  let index: Int
  let address: String
  let attempts: Int
  let receivedAt: Date
  let sender: String

  init(row: Row) {
    message = MessageID(number: row["message"])
    index = row["rid"]
    address = row["address"]
    attempts = row["attempts"]
    receivedAt = Date(timeIntervalSince1970: row["received"])
    sender = row["sender"]
  }
}

extension QueueTransaction {
  fileprivate func recipients(matching filter: RecipientFilter) throws -> [WaitingRecipient] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT recipient.*, received, sender FROM recipient JOIN message ON id = message
        ORDER BY message, rid
        """)
    return try Array(
      rows.map(WaitingRecipient.init(row:)).filter {
        filter.covers($0.address, from: $0.sender)
      })
  }
}
