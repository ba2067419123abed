import GRDB
import Synchronization

/// Transactions that share their sync: one takes all the work that came while the last one ran.
///
/// Work is done in the order in which it comes. Where a transaction fails, each piece of its work
/// is tried alone, so that nobody fails for another's sake.
final class GroupCommit: Sendable {
  /// Something to be written.
  struct Work: Sendable {
    /// Writes it; it may be run twice, the first run being rolled back.
    let write: @Sendable (inout QueueTransaction) throws -> Void
    /// Is told on the writer's thread, in the order of the work, when it is on disk or has failed.
    let finish: @Sendable (Result<QueueChanges, any Error>) -> Void
  }

  private struct Pending {
    var work: [Work] = []
    var isRunning = false
    var transactions = 0
  }

  private let writer: DatabaseQueue
  private let checkpointer: Checkpointer
  private let pending = Mutex(Pending())

  init(database: QueueDatabase) {
    writer = database.writer
    checkpointer = Checkpointer(connection: database.checkpoints)
  }

  /// Transactions so far.
  var transactions: Int { pending.withLock { $0.transactions } }

  /// Adds work; it never waits.
  func add(_ work: Work) {
    let mustStart = pending.withLock { pending in
      pending.work.append(work)
      defer { pending.isRunning = true }
      return !pending.isRunning
    }
    if mustStart { writer.asyncWriteWithoutTransaction { self.drain($0) } }
  }

  private func drain(_ database: Database) {
    while let work = nextWork() { commit(work, database) }
  }

  /// All work that waits; nil when the writer can rest.
  private func nextWork() -> [Work]? {
    pending.withLock { pending in
      pending.isRunning = !pending.work.isEmpty
      defer { pending.work = [] }
      return pending.isRunning ? pending.work : nil
    }
  }

  private func commit(_ work: [Work], _ database: Database) {
    var changes: [QueueChanges] = []
    do {
      try database.inTransaction(.immediate) {
        for piece in work {
          var transaction = QueueTransaction(database: database)
          try piece.write(&transaction)
          changes.append(transaction.changes)
        }
        return .commit
      }
    } catch {
      if work.count == 1 { return work[0].finish(.failure(error)) }
      for piece in work { commit([piece], database) }
      return
    }
    pending.withLock { $0.transactions += 1 }
    for (piece, change) in zip(work, changes) { piece.finish(.success(change)) }
    checkpointer.logGrew(by: changes.reduce(0) { $0 + $1.cost }, on: database)
  }
}
