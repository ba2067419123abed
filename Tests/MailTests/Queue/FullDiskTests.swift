import GRDB
import TestSupport
import Testing

@testable import Mail

/// SQLite's own limit on pages takes the place of a disk that is full: it fails with the same code.
@Suite("A disk that is full")
struct FullDiskTests {
  let world: QueueWorld
  let queue: MessageQueue

  init() throws {
    world = try QueueWorld()
    queue = try world.open()
  }

  private func limit(pages: Int) async throws {
    try await queue.write { try $0.database.execute(sql: "PRAGMA max_page_count = \(pages)") }
  }

  @Test func refusesMessagesUntilThereIsRoomAgainAndLosesNone() async throws {
    try await limit(pages: 40)
    var accepted: [NewMessage] = []
    await #expect(throws: IntakeFailure.full) {
      for _ in 0..<100 {
        let message = world.message(content: Array(repeating: 65, count: 10_000))
        try await queue.take(message)
        accepted.append(message)
      }
    }
    #expect(!accepted.isEmpty)
    #expect(queue.usage.messages == accepted.count)
    #expect(try await queue.waiting().map(\.id) == accepted.map(\.id))

    // What is delivered makes room.
    try await queue.settle([accepted[0].id: [0: .delivered]])
    try await queue.take(world.message(content: Array(repeating: 66, count: 8000)))
    try await limit(pages: 1_000_000)
    try await queue.take(world.message(content: Array(repeating: 67, count: 100_000)))
    #expect(queue.usage.messages == accepted.count + 1)
  }

  @Test func keepsASettlementUntilItCanBeWritten() async throws {
    let message = world.message(to: (0..<200).map { "user\($0)@x.example" })
    try await queue.take(message)
    let reason = BounceReason(
      status: "5.1.1", code: "550", lines: [String(repeating: "x", count: 500)])
    let outcomes = [
      message.id: Dictionary(
        uniqueKeysWithValues: (0..<200).map { ($0, RecipientOutcome.bounced(reason)) })
    ]
    try await limit(pages: 1)
    // The bounce needs pages that there are not.
    await #expect {
      try await queue.write { [world] in
        try $0.settle(
          outcomes, bounce: BounceMessage.Maker(environment: world.environment))
      }
    } throws: {
      ($0 as? DatabaseError)?.resultCode == .SQLITE_FULL
    }
    async let settlement = queue.settle(outcomes)
    #expect(try await queue.waiting().map(\.id) == [message.id])
    try await limit(pages: 1_000_000)
    let settled = try await settlement
    #expect(settled.finished == [message.id])
    #expect(try await queue.waiting().map(\.id) == settled.bounces.map(\.id))
  }
}
