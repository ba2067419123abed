import Databases
import Files
import Foundation
import GRDB
import NIOCore
import Synchronization

/// The messages that wait for delivery, in `queue.sqlite`: what it says that it has is on disk.
///
/// Everything that changes it shares transactions: one sync serves all that came while the last
/// one ran (`GroupCommit`).
final class MessageQueue: Sendable {
  /// Is told of messages when they can be delivered; it must not block.
  typealias Arrivals = @Sendable ([QueuedMessage]) -> Void

  let environment: QueueEnvironment
  private let database: QueueDatabase
  private let commits: GroupCommit
  private let limits: QueueLimits
  private let used: Mutex<QueueUsage>
  private let cache: Mutex<ContentCache>
  private let follower = Mutex<Follower?>(nil)
  /// What the next one waits for that takes in a spool.
  let lastIntake = Mutex<Task<SpoolIntake, any Error>?>(nil)

  /// A function in a value of its own: a bare one would be wrapped anew each time that it is taken
  /// out of the mutex.
  private struct Follower {
    let tell: Arrivals
  }

  /// Opens the queue, or makes it.
  ///
  /// - Parameters:
  ///   - path: the file, made with mode 0600.
  ///   - limits: how much it takes.
  ///   - environment: calendar, host name, numbers.
  /// - Throws: `QueueError` when the file cannot be used.
  init(path: String, limits: QueueLimits = QueueLimits(), environment: QueueEnvironment)
    throws
  {
    self.environment = environment
    self.limits = limits
    do {
      database = try QueueDatabase(path: path)
      used = Mutex(try database.reader.read { try QueueTransaction(database: $0).usage() })
    } catch let error as DatabaseError {
      throw QueueError(
        "The mail queue, \(path), cannot be used: \(error.message ?? "\(error.resultCode)"). "
          + "Without that file an empty one is made.")
    } catch let error as DurableDatabaseError {
      throw QueueError("The mail queue, \(path), \(error).")
    } catch let error as FileError {
      throw QueueError("\(error)")
    }
    commits = GroupCommit(database: database)
    cache = Mutex(ContentCache(limit: limits.cachedBytes))
  }

  /// How much is in it, with what is being written at this moment.
  var usage: QueueUsage { used.withLock { $0 } }

  /// Bytes that it can still take.
  var room: Int { max(0, limits.bytes - usage.bytes) }

  /// Transactions since it was opened.
  var transactions: Int { commits.transactions }

  /// Closes the file when all that was begun is on disk; nothing may be asked of it afterwards.
  func close() async throws {
    try await write { _ in }
    try database.close()
  }

  /// Has a function told of every message that comes from now on.
  ///
  /// A message from a listener is told on its event loop, after what the listener does when its
  /// promise succeeds; others on the queue's own thread.
  ///
  /// - Returns: all that is in the queue already; no message is returned and told as well.
  func follow(_ arrivals: @escaping Arrivals) async throws -> [QueuedMessage] {
    try await write {
      try $0.messages()
    } then: {
      self.follower.withLock { $0 = Follower(tell: arrivals) }
    }
  }

  /// What is in the queue, in the order of numbers, without contents.
  func waiting() async throws -> [QueuedMessage] { try await read { try $0.messages() } }

  /// The content of a message.
  ///
  /// - Throws: `QueueError` when the message is gone, `QueueDamage` when it cannot be read.
  func content(of id: MessageID) async throws -> [UInt8] {
    if let content = cache.withLock({ $0[id] }) { return content }
    guard let content = try await read({ try $0.content(of: id) }) else {
      throw QueueError("The message \(id) is not in the queue.")
    }
    return content
  }

  /// Reads what is committed, beside the writer.
  ///
  /// - Throws: `QueueDamage`, or GRDB's `DatabaseError`.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (QueueTransaction) throws -> Value
  ) async throws -> Value {
    do {
      return try await database.reader.read { try body(QueueTransaction(database: $0)) }
    } catch let error as DatabaseError {
      throw QueueDamage(error) ?? error
    }
  }

  /// Writes with the next transaction, and returns when it is on disk.
  ///
  /// - Parameters:
  ///   - body: may be run twice, the first run being rolled back.
  ///   - then: what is done on the queue's thread before anything that comes later.
  @discardableResult
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (inout QueueTransaction) throws -> Value,
    then: @escaping @Sendable () -> Void = {}
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      submit(body) { result in
        if case .success = result { then() }
        continuation.resume(with: result)
      }
    }
  }

  /// Writes with the next transaction; it never waits.
  ///
  /// - Parameters:
  ///   - body: may be run twice, the first run being rolled back.
  ///   - completion: is called on the queue's thread when it is on disk or has failed.
  func submit<Value: Sendable>(
    _ body: @escaping @Sendable (inout QueueTransaction) throws -> Value,
    completion: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    let value = Mutex<Value?>(nil)
    commits.add(
      GroupCommit.Work { transaction in
        let written = try body(&transaction)
        value.withLock { $0 = written }
      } finish: { result in
        switch result {
        case .failure(let error): completion(.failure(error))
        case .success(let changes):
          self.used.withLock { $0 += changes.usage }
          self.remember(changes)
          if !changes.arrived.isEmpty {
            self.follower.withLock { $0 }?.tell(changes.arrived.map(\.message))
          }
          if let written = value.withLock({ $0 }) { completion(.success(written)) }
        }
      })
  }

  private func remember(_ changes: QueueChanges) {
    cache.withLock { cache in
      for (message, content) in changes.arrived { cache.insert(content, for: message.id) }
      for (id, _) in changes.gone { cache.remove(id) }
    }
  }
}

extension MessageQueue: MessageIntake {
  func accept(_ message: NewMessage, promise: EventLoopPromise<Void>) {
    let usage = QueueUsage(messages: 1, bytes: message.content.count)
    guard reserve(usage) else { return promise.fail(IntakeFailure.full) }
    commits.add(
      GroupCommit.Work {
        try $0.insert(message)
      } finish: { result in
        switch result {
        case .failure(let error):
          self.used.withLock { $0 -= usage }
          promise.fail(IntakeFailure(error))
        case .success(let changes):
          self.remember(changes)
          let follower = self.follower.withLock { $0 }
          promise.succeed()
          // Behind the promise's callbacks, so that the log has "queued" before "delivery".
          promise.futureResult.eventLoop.execute { follower?.tell(changes.arrived.map(\.message)) }
        }
      })
  }

  private func reserve(_ usage: QueueUsage) -> Bool {
    used.withLock { used in
      guard used.messages + usage.messages <= limits.messages,
        used.bytes + usage.bytes <= limits.bytes
      else { return false }
      used += usage
      return true
    }
  }
}

extension IntakeFailure {
  /// What a failed transaction is to the client.
  fileprivate init(_ error: any Error) {
    self = (error as? DatabaseError)?.resultCode == .SQLITE_FULL ? .full : .unavailable
  }
}
