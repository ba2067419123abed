import GRDB
import Synchronization

/// What came of taking in a spool.
public struct SpoolIntake: Hashable, Sendable {
  /// The messages that are in the queue now.
  public var taken: [MessageID] = []
  /// A sentence for each file that is no message; it stays where it is.
  public var troubles: [String] = []
}

extension MessageQueue {
  /// Takes in what waits in a spool, each message once, even if this is killed half-way.
  ///
  /// A file's name is noted in the transaction that takes in its message; the note goes when the
  /// file is gone.
  ///
  /// - Throws: `QueueError` when files cannot be removed or no MID can be had, or GRDB's
  ///   `DatabaseError`; what was taken in until then is in the queue.
  func takeIn(_ spool: Spool) async throws -> SpoolIntake {
    // One at a time: two that read the same file would both put its message into the queue.
    let intake = lastIntake.withLock { last in
      let intake = Task { [last] in
        _ = await last?.result
        return try await takeInAlone(spool)
      }
      last = intake
      return intake
    }
    return try await intake.value
  }

  private func takeInAlone(_ spool: Spool) async throws -> SpoolIntake {
    var intake = SpoolIntake()
    // What an intake took in that was killed before it could remove the file.
    for name in try await read({ try $0.spooledNames() }) { try spool.remove(name) }
    for name in spool.names {
      let injected: InjectedMessage
      do {
        injected = try spool.read(name)
      } catch {
        intake.troubles.append(error.description)
        continue
      }
      let message = try newMessage(injected)
      try await write { transaction in
        try transaction.insert(message)
        try transaction.run("INSERT INTO spooled VALUES (?)", [name])
      }
      try spool.remove(name)
      intake.taken.append(message.id)
    }
    try await write { try $0.run("DELETE FROM spooled", []) }
    return intake
  }
}

extension QueueTransaction {
  fileprivate func spooledNames() throws -> [String] {
    try String.fetchAll(database, sql: "SELECT name FROM spooled")
  }
}
