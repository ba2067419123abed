import Foundation
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Mail

@Suite struct GroupCommitTests {
  @Test func messagesThatComeWhileATransactionRunsShareTheNextOne() async throws {
    let world = try QueueWorld()
    let queue = try world.open()
    let messages = (0..<200).map { _ in world.message() }
    let before = queue.transactions
    // The writer is held up until all of them have come.
    let gate = Gate()
    async let held: Void = queue.write { _ in gate.wait() }
    try await eventually("a transaction that runs") { gate.isReached }
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let promises = messages.map { message in
      let promise = loop.makePromise(of: Void.self)
      queue.accept(message, promise: promise)
      return promise.futureResult
    }
    gate.open()
    try await EventLoopFuture.andAllSucceed(promises, on: loop).get()
    try await held
    #expect(queue.transactions == before + 2)
    #expect(try await queue.waiting().map(\.id) == messages.map(\.id))
  }

  @Test func acceptingNeverWaitsForTheWriter() async throws {
    let world = try QueueWorld()
    let queue = try world.open()
    let gate = Gate()
    async let held: Void = queue.write { _ in gate.wait() }
    try await eventually("a transaction that runs") { gate.isReached }
    let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)
    // Were it to wait, the gate would never be opened.
    queue.accept(world.message(), promise: promise)
    gate.open()
    try await promise.futureResult.get()
    try await held
  }

  @Test func everyPieceIsFinishedInTheOrderInWhichItCame() async throws {
    let queue = try QueueWorld().open()
    let finished = Mutex<[Int]>([])
    for number in 0..<100 {
      queue.submit { _ in
        if number.isMultiple(of: 10) { throw Refusal() }
      } completion: { _ in
        finished.withLock { $0.append(number) }
      }
    }
    try await eventually("all of them") { finished.withLock { $0.count } == 100 }
    #expect(finished.withLock { $0 } == Array(0..<100))
  }

  @Test func whatAFailedPieceWroteIsRolledBack() async throws {
    let world = try QueueWorld()
    let queue = try world.open()
    let message = world.message()
    await #expect(throws: Refusal.self) {
      try await queue.write { transaction in
        try transaction.insert(message)
        throw Refusal()
      }
    }
    #expect(try await queue.waiting().isEmpty)
    #expect(queue.usage == QueueUsage())
  }

  private struct Refusal: Error {}
}

/// Holds a thread until it is opened.
private final class Gate: Sendable {
  private let state = Mutex((isReached: false, isOpen: false))

  var isReached: Bool { state.withLock { $0.isReached } }
  func open() { state.withLock { $0.isOpen = true } }

  func wait() {
    state.withLock { $0.isReached = true }
    while !state.withLock({ $0.isOpen }) { usleep(200) }
  }
}
