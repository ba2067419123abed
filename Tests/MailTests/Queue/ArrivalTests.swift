import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Mail

@Suite("Whoever follows the queue")
struct ArrivalTests {
  let world: QueueWorld
  let queue: MessageQueue

  init() throws {
    world = try QueueWorld()
    queue = try world.open()
  }

  @Test func learnsOfEveryMessageOnceHoweverManyComeMeanwhile() async throws {
    let told = Mutex<[QueuedMessage]>([])
    let messages = (0..<400).map { _ in world.message() }
    let waiting = try await withThrowingTaskGroup(of: Void.self) { group in
      for message in messages { group.addTask { try await queue.take(message) } }
      let waiting = try await queue.follow { new in told.withLock { $0 += new } }
      try await group.waitForAll()
      return waiting
    }
    try await eventually("all messages") {
      waiting.count + told.withLock { $0.count } >= messages.count
    }
    let all = waiting + told.withLock { $0 }
    #expect(all.map(\.id).sorted() == messages.map(\.id))
    let expected = Dictionary(uniqueKeysWithValues: messages.map { ($0.id, QueuedMessage($0)) })
    for message in all { #expect(message == expected[message.id]) }
  }

  @Test func isToldBehindWhatTheListenerDoesWhenItsMessageIsTaken() async throws {
    let events = Mutex<[String]>([])
    _ = try await queue.follow { new in
      events.withLock { events in events += new.map { "arrived \($0.id)" } }
    }
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    for _ in 0..<100 {
      let message = world.message()
      try await loop.submit {
        let promise = loop.makePromise(of: Void.self)
        queue.accept(message, promise: promise)
        promise.futureResult.whenSuccess { events.withLock { $0.append("queued \(message.id)") } }
      }.get()
    }
    try await eventually("two events for each message") { events.withLock { $0.count } == 200 }
    let all = events.withLock { $0 }
    for number in 1...100 {
      let queued = try #require(all.firstIndex(of: "queued \(number)"))
      let arrived = try #require(all.firstIndex(of: "arrived \(number)"))
      #expect(queued < arrived)
    }
  }

  @Test func isToldOfBouncesAndInjectedMessages() async throws {
    let told = Mutex<[MessageID]>([])
    try await queue.take(world.message())
    _ = try await queue.follow { new in told.withLock { $0 += new.map(\.id) } }
    let settlement = try await queue.settle([
      MessageID(number: 1): [0: .bounced(BounceReason(status: "5.1.2", code: "000", lines: []))]
    ])
    let injected = try await queue.inject(
      InjectedMessage(sender: "a@b.example", recipients: ["c@d.example"], text: []))
    #expect(told.withLock { $0 } == settlement.bounces.map(\.id) + [injected])
  }

  @Test func findsTensOfThousandsOfMessagesAtItsStart() async throws {
    try await queue.write { transaction in
      for number in 1...30_000 {
        try transaction.insert(
          NewMessage(
            id: MessageID(number: number), sender: "a@b.example", recipients: ["c@d.example"],
            content: [], receivedAt: .tuesday))
      }
    }
    let waiting = try await queue.follow { _ in }
    #expect(waiting.map(\.id.number) == Array(1...30_000))
    #expect(waiting.allSatisfy { $0.recipients.count == 1 })
  }
}
