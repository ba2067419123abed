import NIOCore

/// Where listeners put the messages that they accept.
protocol MessageIntake: Sendable {
  /// Takes a message; the promise succeeds when it is on disk, and not before.
  ///
  /// It fails with `IntakeFailure`. It is called on event loops and never blocks.
  func accept(_ message: NewMessage, promise: EventLoopPromise<Void>)
}

/// Why a message cannot be taken.
enum IntakeFailure: Error, Hashable {
  /// The disk or the queue is full: 452 `#4.3.1 queue full`.
  case full
  /// Anything else: 451 `#4.3.0 Server Error`.
  case unavailable
}
