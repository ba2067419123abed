import Foundation
import TestSupport
import Testing

@testable import Mail

@Suite struct RecipientsTests {
  let world: QueueWorld
  let queue: MessageQueue

  init() async throws {
    world = try QueueWorld()
    queue = try world.open()
    try await queue.take(
      world.message(from: "Anna@x.example", to: ["a@one.example", "b@Two.example"]))
    world.advance(by: 10)
    try await queue.take(world.message(from: "", to: ["c@one.example"]))
    world.advance(by: 10)
    try await queue.take(
      world.message(from: "ben@y.example", to: [#""d@e"@two.example"#, "f@two.example"]))
    try await queue.settle([
      MessageID(number: 3): [1: .delayed(until: world.now.addingTimeInterval(60))]
    ])
  }

  @Test(
    "recipients are deleted by what an administrator means",
    arguments: [
      (RecipientFilter.all, [1: [0, 1], 2: [0], 3: [0, 1]], []),
      (.sender("anna@X.example"), [1: [0, 1]], [2, 3]),
      (.sender(""), [2: [0]], [1, 3]),
      (.sender("nobody@x.example"), [:], [1, 2, 3]),
      (.domain("ONE.example"), [1: [0], 2: [0]], [1, 3]),
      (.domain("two.example"), [1: [1], 3: [0, 1]], [1, 2]),
      (.domain("example"), [:], [1, 2, 3]),
    ] as [(RecipientFilter, [Int: [Int]], [Int])])
  func deletion(filter: RecipientFilter, deleted: [Int: [Int]], left: [Int]) async throws {
    let removed = try await queue.deleteRecipients(matching: filter)
    #expect(
      removed
        == Dictionary(
          uniqueKeysWithValues: deleted.map { (MessageID(number: $0.key), $0.value) }))
    let waiting = try await queue.waiting()
    #expect(waiting.map(\.id.number) == left)
    #expect(waiting.allSatisfy { !$0.recipients.isEmpty })
    #expect(queue.usage.messages == left.count)
  }

  @Test func theBacklogIsCountedByDomain() async throws {
    let backlog = try await queue.backlog()
    #expect(
      backlog == [
        DomainBacklog(domain: "two.example", recipients: 3, delayed: 1, oldest: .tuesday),
        DomainBacklog(domain: "one.example", recipients: 2, delayed: 0, oldest: .tuesday),
      ])
  }

  @Test func aSuspensionOutlivesTheEngine() async throws {
    #expect(try await queue.suspension() == Suspension())
    let suspension = try await queue.changeSuspension {
      $0.isDeliverySuspended = true
      $0.listeners = ["IncomingMail"]
    }
    #expect(suspension.isDeliverySuspended && suspension.listeners == ["IncomingMail"])
    try await queue.close()
    let again = try world.open()
    #expect(try await again.suspension() == suspension)
    #expect(try await again.changeSuspension { $0 = Suspension() } == Suspension())
    #expect(try await again.suspension() == Suspension())
  }
}
