import Foundation
import Glibc
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Mail

/// What `kill -9` leaves, wherever it strikes between accepting and settling.
@Suite("A queue whose process is killed")
struct KillTests {
  @Test(
    "has all that it acknowledged, and nothing that it gave up", .timeLimit(.minutes(5)),
    arguments: 0..<20)
  func kill(round: Int) async throws {
    let directory = try TemporaryDirectory()
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [folder = directory.path as String, round = round as Int] in
      try await Victim(folder: folder, round: round).run()
    }
    let notes = try directory.text("notes").split(separator: "\n").map { line in
      let parts = line.split(separator: " ")
      return (word: parts[0], number: try #require(Int(parts[1])))
    }
    func numbers(_ word: String) -> Set<Int> {
      Set(notes.filter { $0.word == word }.map(\.number))
    }
    let queue = try Victim.open(in: directory.path)
    let waiting = try await queue.waiting()
    let present = Set(waiting.map(\.id.number))
    #expect(present.isSuperset(of: numbers("accepted").subtracting(numbers("settling"))))
    #expect(present.isDisjoint(with: numbers("settled")))
    #expect(present.isSubset(of: numbers("accepting")))
    for message in waiting {
      let expected = Victim.message(message.id.number)
      #expect(message == QueuedMessage(expected))
      #expect(try await queue.content(of: message.id) == expected.content)
    }
    #expect(queue.usage.messages == present.count)
    // It had begun when it was killed.
    #expect(!numbers("accepted").isEmpty)
  }
}

/// A process that accepts and settles until it kills itself, noting what it begins and what it is
/// told; a note outlives the process once it is written.
private struct Victim {
  let queue: MessageQueue
  let notes: Int32
  let killAfter: Int
  private let taken = Counter()

  init(folder: String, round: Int) throws {
    queue = try Self.open(in: folder)
    notes = Glibc.open("\(folder)/notes", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var generator = SeededGenerator(seed: UInt64(round))
    killAfter = Int.random(in: 1...300, using: &generator)
  }

  static func open(in folder: String) throws -> MessageQueue {
    try MessageQueue(
      path: "\(folder)/queue.sqlite",
      environment: QueueEnvironment(
        calendar: { .tuesday }, hostName: { "mail.example.com" }, nextID: { nil }))
  }

  /// The message with a number is always the same.
  static func message(_ number: Int) -> NewMessage {
    NewMessage(
      id: MessageID(number: number), sender: "a@x.example",
      recipients: (0..<(1 + number % 3)).map { "user\($0)@y.example" },
      content: Array(repeating: UInt8(truncatingIfNeeded: number), count: number * 97 % 20_000),
      receivedAt: .tuesday)
  }

  private func note(_ word: String, _ number: Int) {
    let line = Array("\(word) \(number)\n".utf8)
    _ = write(notes, line, line.count)
  }

  func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<8 {
        group.addTask {
          for number in stride(from: client + 1, through: 10_000, by: 8) {
            let message = Self.message(number)
            note("accepting", number)
            try await queue.take(message)
            note("accepted", number)
            if taken.next() == killAfter { Glibc.kill(getpid(), SIGKILL) }
            guard number.isMultiple(of: 2) else { continue }
            note("settling", number)
            let all = message.recipients.indices.map { ($0, RecipientOutcome.delivered) }
            try await queue.settle([message.id: Dictionary(uniqueKeysWithValues: all)])
            note("settled", number)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
