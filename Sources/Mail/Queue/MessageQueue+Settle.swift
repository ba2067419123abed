import GRDB

extension MessageQueue {
  /// Notes what became of recipients, durably and in one transaction with the bounces that follow.
  ///
  /// Recipients that are gone already are passed over. While the disk takes nothing it is tried
  /// again every second, so that what was delivered is not forgotten and delivered once more.
  ///
  /// - Parameter outcomes: by message and RID.
  /// - Throws: `DatabaseError` when the queue is closed or damaged, and `CancellationError`.
  @discardableResult
  func settle(_ outcomes: [MessageID: [Int: RecipientOutcome]]) async throws -> Settlement {
    let bounce = BounceMessage.Maker(environment: environment)
    while true {
      do {
        return try await write { try $0.settle(outcomes, bounce: bounce) }
      } catch let error as DatabaseError where Self.passing.contains(error.resultCode) {
        try await Task.sleep(for: .seconds(1))
      } catch is QueueError {
        try await Task.sleep(for: .seconds(1))
      }
    }
  }

  /// What may go away by itself.
  private static let passing: [ResultCode] = [
    .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_NOMEM,
  ]
}
