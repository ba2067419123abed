@testable import Mail
import NIOCore
import Synchronization

/// Keeps messages in memory, and says of them what a test wants to hear.
final class MemoryIntake: MessageIntake {
  enum Answer {
    case yes, full, unavailable
    /// Yes, but not before `release`.
    case later
  }

  private struct State {
    var answer: Answer
    var messages: [NewMessage] = []
    var waiting: [EventLoopPromise<Void>] = []
  }

  private let state: Mutex<State>

  init(_ answer: Answer = .yes) { state = Mutex(State(answer: answer)) }

  var messages: [NewMessage] { state.withLock { $0.messages } }

  func accept(_ message: NewMessage, promise: EventLoopPromise<Void>) {
    let answer = state.withLock { state in
      state.messages.append(message)
      if state.answer == .later { state.waiting.append(promise) }
      return state.answer
    }
    switch answer {
    case .yes: promise.succeed()
    case .full: promise.fail(IntakeFailure.full)
    case .unavailable: promise.fail(IntakeFailure.unavailable)
    case .later: break
    }
  }

  /// Says yes to all that waits.
  func release() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for promise in waiting { promise.succeed() }
  }
}
