import Foundation
import GRDB

/// What a settlement did beside what it was told.
struct Settlement: Sendable, Hashable {
  /// A bounce that was put into the queue.
  struct Bounce: Sendable, Hashable {
    /// Its number.
    var id: MessageID
    /// The message that bounced.
    var original: MessageID
  }

  /// The bounces that were made.
  var bounces: [Bounce] = []
  /// The messages whose last recipient is settled; they are gone.
  var finished: [MessageID] = []
  /// The recipients that wait for another attempt, by RID: those who were not deleted meanwhile.
  var delayed: [MessageID: Set<Int>] = [:]
}

extension QueueTransaction {
  /// Notes what became of recipients; a message without any left goes, and bounces come.
  ///
  /// Recipients that are gone already are passed over.
  ///
  /// - Parameter bounce: makes the bounce of a message; it is not asked for one of a bounce.
  mutating func settle(
    _ outcomes: [MessageID: [Int: RecipientOutcome]], bounce: BounceMessage.Maker
  ) throws -> Settlement {
    var settlement = Settlement()
    for (id, recipients) in outcomes.sorted(by: { $0.key < $1.key }) {
      let failures = try settle(recipients, of: id, &settlement)
      if !failures.isEmpty, let message = try message(id), !message.sender.isEmpty {
        let headers = try content(of: id, limit: BounceMessage.headerLimit)
        let new = try bounce.make(message, failures, headers)
        try insert(new)
        settlement.bounces.append(Settlement.Bounce(id: new.id, original: id))
      }
      if try removeIfFinished(id) { settlement.finished.append(id) }
    }
    return settlement
  }

  /// - Returns: the recipients that are given up, in the order of the envelope.
  private func settle(
    _ outcomes: [Int: RecipientOutcome], of id: MessageID, _ settlement: inout Settlement
  ) throws -> [BounceMessage.Failure] {
    var failures: [BounceMessage.Failure] = []
    for (index, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
      switch outcome {
      case .delivered:
        try run(
          "DELETE FROM recipient WHERE message = ? AND rid = ?", [id.number, index])
      case .delayed(let due):
        try run(
          "UPDATE recipient SET attempts = attempts + 1, due = ? WHERE message = ? AND rid = ?",
          [due.timeIntervalSince1970, id.number, index])
        if database.changesCount > 0 { settlement.delayed[id, default: []].insert(index) }
      case .bounced(let reason):
        let removal = try database.cachedStatement(
          sql: "DELETE FROM recipient WHERE message = ? AND rid = ? RETURNING address")
        if let address = try String.fetchOne(removal, arguments: [id.number, index]) {
          failures.append(BounceMessage.Failure(recipient: address, reason: reason))
        }
      }
    }
    return failures
  }
}
