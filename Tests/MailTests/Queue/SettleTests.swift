import Foundation
import TestSupport
import Testing

@testable import Mail

@Suite struct SettleTests {
  let world: QueueWorld
  let queue: MessageQueue
  let unknown = BounceReason(
    status: "5.1.1 - Bad destination mailbox", code: "550", lines: ["no such user"])

  init() throws {
    world = try QueueWorld()
    queue = try world.open()
  }

  @Test func aMessageGoesWithItsLastRecipient() async throws {
    let message = world.message(to: ["a@x.example", "b@x.example", "c@x.example"])
    try await queue.take(message)
    let first = try await queue.settle([message.id: [0: .delivered, 2: .delivered]])
    #expect(first == Settlement())
    #expect(try await queue.envelopes == ["sender@partner.example > b@x.example"])
    #expect(try await queue.content(of: message.id) == message.content)
    let second = try await queue.settle([message.id: [1: .delivered]])
    #expect(second == Settlement(bounces: [], finished: [message.id]))
    #expect(try await queue.waiting().isEmpty)
    #expect(queue.usage == QueueUsage())
    await #expect(throws: QueueError.self) { try await queue.content(of: message.id) }
  }

  @Test func aDelayIsCountedAndDated() async throws {
    let message = world.message(to: ["a@x.example", "b@x.example"])
    try await queue.take(message)
    for attempt in 1...3 {
      let due = Date.tuesday.addingTimeInterval(Double(attempt) * 60.5)
      try await queue.settle([message.id: [1: .delayed(until: due)]])
    }
    try await queue.close()
    let recipients = try await world.open().waiting()[0].recipients
    #expect(
      recipients == [
        .init(index: 0, address: "a@x.example", attempts: 0, due: .tuesday),
        .init(
          index: 1, address: "b@x.example", attempts: 3,
          due: Date.tuesday.addingTimeInterval(181.5)),
      ])
  }

  @Test func whoeverIsGoneIsNotDelayed() async throws {
    let message = world.message(to: ["a@x.example", "b@y.example"])
    try await queue.take(message)
    _ = try await queue.deleteRecipients(matching: .domain("y.example"))
    let later = RecipientOutcome.delayed(until: world.now)
    let settlement = try await queue.settle([message.id: [0: later, 1: later]])
    #expect(settlement == Settlement(delayed: [message.id: [0]]))
  }

  @Test func onlyWhatIsThereIsSettled() async throws {
    let message = world.message()
    try await queue.take(message)
    let outcomes: [MessageID: [Int: RecipientOutcome]] = [
      message.id: [0: .bounced(unknown), 7: .bounced(unknown)],
      MessageID(number: 99): [0: .bounced(unknown)],
    ]
    let once = try await queue.settle(outcomes)
    #expect(once.bounces.count == 1)
    #expect(once.finished == [message.id])
    let twice = try await queue.settle(outcomes)
    #expect(twice == Settlement())
    #expect(try await queue.waiting().count == 1)
  }

  @Test func givingUpWritesOneBounceForAllRecipientsOfASettlement() async throws {
    let message = world.message(to: ["a@x.example", "b@x.example", "c@x.example"])
    try await queue.take(message)
    world.advance(by: 60)
    let settlement = try await queue.settle([
      message.id: [0: .bounced(unknown), 1: .delivered, 2: .bounced(unknown)]
    ])
    let bounce = try #require(settlement.bounces.first)
    #expect(settlement.bounces == [.init(id: bounce.id, original: message.id)])
    let waiting = try await queue.waiting()
    #expect(waiting.map(\.id) == [bounce.id])
    #expect(waiting[0].sender == "")
    #expect(waiting[0].recipients.map(\.address) == ["sender@partner.example"])
    #expect(waiting[0].recipients[0].due == world.now)
    let text = String(decoding: try await queue.content(of: bounce.id), as: UTF8.self)
    #expect(text.contains("Final-Recipient: rfc822; a@x.example\r\n"))
    #expect(!text.contains("b@x.example"))
    #expect(text.contains("Final-Recipient: rfc822; c@x.example\r\n"))
    #expect(text.contains("Subject: hello\r\n"))
  }

  @Test func aBounceThatBouncesIsDropped() async throws {
    let message = world.message(from: "")
    try await queue.take(message)
    let settlement = try await queue.settle([message.id: [0: .bounced(unknown)]])
    #expect(settlement == Settlement(bounces: [], finished: [message.id]))
    #expect(try await queue.waiting().isEmpty)
  }

  @Test func withoutANumberForTheBounceNothingIsGivenUp() async throws {
    let message = world.message()
    try await queue.take(message)
    world.setHasNumbers(false)
    async let settlement = queue.settle([message.id: [0: .bounced(unknown)]])
    try await eventually("a try that is refused") { queue.transactions == 1 }
    #expect(try await queue.envelopes == ["sender@partner.example > user@example.com"])
    world.setHasNumbers(true)
    #expect(try await settlement.bounces == [.init(id: MessageID(number: 2), original: message.id)])
    #expect(try await queue.envelopes == [" > sender@partner.example"])
  }

  @Test func manySettlementsAtOnceShareTransactions() async throws {
    let messages = (0..<300).map { _ in world.message() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for message in messages { group.addTask { try await queue.take(message) } }
      try await group.waitForAll()
    }
    let before = queue.transactions
    try await withThrowingTaskGroup(of: [MessageID].self) { group in
      for message in messages {
        group.addTask { try await queue.settle([message.id: [0: .delivered]]).finished }
      }
      let finished = try await group.reduce([], +)
      #expect(finished.sorted() == messages.map(\.id))
    }
    #expect(queue.transactions - before < messages.count)
    #expect(queue.usage == QueueUsage())
  }
}
