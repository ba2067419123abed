import Foundation
import GRDB
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Mail

@Suite struct MessageQueueTests {
  let world: QueueWorld
  let queue: MessageQueue

  init() throws {
    world = try QueueWorld()
    queue = try world.open()
  }

  @Test func itsFilesAreItsOwnersAlone() async throws {
    try await queue.take(world.message())
    for suffix in ["", "-wal", "-shm"] {
      #expect(world.directory.mode("queue.sqlite\(suffix)") == 0o600)
    }
  }

  @Test func theConnectionThatCommitsSynchronisesInFull() async throws {
    let pragmas = try await queue.write { transaction in
      try ["synchronous", "wal_autocheckpoint"].map {
        try Int.fetchOne(transaction.database, sql: "PRAGMA \($0)")
      }
    }
    #expect(pragmas == [2, 0])
    let mode = try await queue.read {
      try String.fetchOne($0.database, sql: "PRAGMA journal_mode")
    }
    #expect(mode == "wal")
  }

  @Test func whatWasAcceptedIsThereWhenItIsOpenedAgain() async throws {
    var message = world.message(to: ["a@example.com", "b@example.org"])
    message.isEightBit = true
    message.bounceProfile = "Patient"
    try await queue.take(message)
    try await queue.close()
    let again = try world.open()
    let waiting = try await again.waiting()
    #expect(
      waiting == [
        QueuedMessage(
          id: message.id, sender: "sender@partner.example",
          recipients: [
            .init(index: 0, address: "a@example.com", attempts: 0, due: .tuesday),
            .init(index: 1, address: "b@example.org", attempts: 0, due: .tuesday),
          ], size: message.content.count, isEightBit: true, bounceProfile: "Patient",
          isAlert: false, receivedAt: .tuesday)
      ])
    #expect(try await again.content(of: message.id) == message.content)
    #expect(again.usage == QueueUsage(messages: 1, bytes: message.content.count))
  }

  @Test func messagesComeInTheOrderOfTheirNumbersAndInParts() async throws {
    let messages = (0..<10).map { _ in world.message() }
    for message in messages.reversed() { try await queue.take(message) }
    let all = try await queue.waiting()
    #expect(all.map(\.id) == messages.map(\.id))
    let first = try await queue.read { try $0.messages(limit: 4) }
    let rest = try await queue.read { try $0.messages(after: first.last?.id) }
    #expect(first.count == 4)
    #expect(first + rest == all)
  }

  @Test func anEmptyMessageAndALargeOneComeBackAsTheyWere() async throws {
    let all = (0...UInt8.max).map { $0 }
    let large = Array(repeatElement(all, count: 12_000).joined())
    for content in [[], large] {
      let message = world.message(content: content)
      try await queue.take(message)
      #expect(try await queue.content(of: message.id) == content)
    }
    try await queue.close()
    let again = try world.open()
    #expect(try await again.content(of: MessageID(number: 1)) == [])
    #expect(try await again.content(of: MessageID(number: 2)) == large)
  }

  @Test func aMessageIsReadBackWhenTheMemoryForContentsIsUsedUp() async throws {
    var limits = QueueLimits()
    limits.cachedBytes = 100
    let small = try QueueWorld()
    let queue = try small.open(limits: limits)
    let messages = (0..<20).map { small.message(content: Array("message \($0)".utf8)) }
    for message in messages { try await queue.take(message) }
    for message in messages {
      #expect(try await queue.content(of: message.id) == message.content)
    }
  }

  @Test func theContentOfAMessageThatIsGoneIsRefused() async throws {
    await #expect(throws: QueueError("The message 9 is not in the queue.")) {
      try await queue.content(of: MessageID(number: 9))
    }
  }

  @Test func aNumberThatIsTakenFailsAloneAmongOthersOfItsTransaction() async throws {
    let first = world.message()
    try await queue.take(first)
    var second = world.message()
    second.id = first.id
    let results = await withTaskGroup(of: (MessageID, Bool).self) { group in
      for message in (0..<8).map({ _ in world.message() }) + [second] {
        group.addTask { (message.id, (try? await queue.take(message)) != nil) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(results[first.id] == false)
    #expect(results.values.count(where: \.self) == 8)
    #expect(queue.usage.messages == 9)
    #expect(try await queue.waiting().count == 9)
    #expect(try await queue.content(of: first.id) == first.content)
  }

  @Test func aQueueThatIsFullSaysSoUntilThereIsRoom() async throws {
    let world = try QueueWorld()
    var limits = QueueLimits()
    limits.messages = 2
    limits.bytes = 100
    let queue = try world.open(limits: limits)
    try await queue.take(world.message(content: Array(repeating: 65, count: 60)))
    await #expect(throws: IntakeFailure.full) {
      try await queue.take(world.message(content: Array(repeating: 65, count: 41)))
    }
    try await queue.take(world.message(content: Array(repeating: 65, count: 40)))
    await #expect(throws: IntakeFailure.full) {
      try await queue.take(world.message(content: []))
    }
    #expect(queue.usage == QueueUsage(messages: 2, bytes: 100))
    try await queue.settle([MessageID(number: 1): [0: .delivered]])
    try await queue.take(world.message(content: Array(repeating: 65, count: 60)))
  }

  @Test func anEmptyQueueGivesItsSpaceBackWhenItIsOpened() async throws {
    let message = world.message(content: Array(repeating: 65, count: 8 << 20))
    try await queue.take(message)
    try await queue.settle([message.id: [0: .delivered]])
    try await queue.close()
    #expect(try world.directory.read("queue.sqlite").count > 8 << 20)
    let again = try world.open()
    #expect(try world.directory.read("queue.sqlite").count < 1 << 20)
    try await again.take(world.message())
    #expect(try await again.waiting().count == 1)
  }

  @Test func aClosedQueueTakesNothing() async throws {
    try await queue.close()
    await #expect(throws: IntakeFailure.unavailable) { try await queue.take(world.message()) }
    #expect(queue.usage == QueueUsage())
  }

  @Test(arguments: [
    (Array(repeating: UInt8(66), count: 5000), "file is not a database"), ([], "it is empty"),
  ])
  func rubbishIsRefusedInASentenceAndLeftAlone(rubbish: [UInt8], fault: String) throws {
    let world = try QueueWorld()
    try world.directory.write(rubbish, to: "queue.sqlite")
    let path = world.directory.path("queue.sqlite")
    #expect(
      throws: QueueError(
        "The mail queue, \(path), cannot be used: \(fault). "
          + "Without that file an empty one is made.")
    ) { try world.open() }
    #expect(try world.directory.read("queue.sqlite") == rubbish)
  }
}
