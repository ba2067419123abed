import Foundation
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

@testable import Mail

/// A queue's file in a directory of its own, with a calendar that the test moves and numbers that
/// it can withhold.
final class QueueWorld: Sendable {
  let directory: TemporaryDirectory
  private let state = Mutex((now: Date.tuesday, last: 0, hasNumbers: true))

  init() throws { directory = try TemporaryDirectory() }

  var path: String { directory.path("queue.sqlite") }
  var spool: Spool { Spool(folder: directory.path("spool")) }
  var now: Date { state.withLock { $0.now } }
  func advance(by seconds: TimeInterval) { state.withLock { $0.now += seconds } }
  func setHasNumbers(_ hasNumbers: Bool) { state.withLock { $0.hasNumbers = hasNumbers } }

  func nextID() -> MessageID? {
    state.withLock { state in
      guard state.hasNumbers else { return nil }
      state.last += 1
      return MessageID(number: state.last)
    }
  }

  var environment: QueueEnvironment {
    QueueEnvironment(
      calendar: { self.now }, hostName: { "mail.example.com" }, nextID: { self.nextID() },
      boundary: { "boundary" })
  }

  /// Opens the queue, as the engine does at its start.
  func open(limits: QueueLimits = QueueLimits()) throws -> MessageQueue {
    try MessageQueue(path: path, limits: limits, environment: environment)
  }

  /// A message with the next number.
  func message(
    from sender: String = "sender@partner.example", to recipients: [String] = ["user@example.com"],
    content: [UInt8] = Array("Subject: hello\r\n\r\nbody\r\n".utf8)
  ) -> NewMessage {
    NewMessage(
      id: nextID() ?? MessageID(number: 0), sender: sender, recipients: recipients,
      content: content, receivedAt: now)
  }
}

extension Date {
  /// Tue Nov 24 18:00:12 2026 UTC.
  static let tuesday = Date(timeIntervalSince1970: 1_795_543_212)
}

extension MessageQueue {
  /// Accepts a message as a listener does, and returns when its promise has succeeded.
  func take(_ message: NewMessage) async throws {
    let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)
    accept(message, promise: promise)
    try await promise.futureResult.get()
  }

  /// The envelopes that wait, as `sender > recipient, recipient`.
  var envelopes: [String] {
    get async throws {
      try await waiting().map { message in
        "\(message.sender) > \(message.recipients.map(\.address).joined(separator: ", "))"
      }
    }
  }
}
