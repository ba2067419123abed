import Foundation
import Glibc
import Synchronization

extension Program {
  /// Runs the program on this process's own terminal and streams, to its end.
  ///
  /// When the task is cancelled, the program gets SIGTERM; how it ends is its own business.
  ///
  /// - Returns: its exit status, or 128 and the signal that ended it.
  /// - Throws: `SystemFailure`.
  public func run() async throws -> Int32 {
    let process = try start(.inherited)
    // A number whose process was waited for may soon be another's.
    let isThere = Mutex(true)
    return await withTaskCancellationHandler {
      await onThread {
        waitForEnd(of: process)
        return isThere.withLock { isThere in
          isThere = false
          return waitForExitStatus(of: process)
        }
      }
    } onCancel: {
      isThere.withLock { if $0 { kill(process, SIGTERM) } }
    }
  }

  /// Runs the program until nobody holds its output any more: itself, and what it has started.
  ///
  /// - Parameters:
  ///   - input: a descriptor that it reads from; nil for no input.
  ///   - limit: after which it is killed, with what it has started in its process group; nil for
  ///     any time.
  /// - Returns: its exit status, and what was written on both streams, in order.
  /// - Throws: `SystemFailure`; `ProgramOverdue` at the limit; `CancellationError` when the task is
  ///   cancelled, which kills as the limit does.
  public func output(
    reading input: Int32? = nil, within limit: Duration? = nil
  ) async throws -> (status: Int32, text: String) {
    // Its far end is closed to stop the thread.
    let stop = Pipe()
    return try await withTaskCancellationHandler {
      try await onThread {
        Result {
          try outputOnThisThread(
            reading: input, within: limit, stoppedBy: stop.fileHandleForReading.fileDescriptor)
        }
      }.get()
    } onCancel: {
      try? stop.fileHandleForWriting.close()
    }
  }

  /// As `output`, but blocks the thread; for those who have one of their own.
  ///
  /// - Parameter stop: a descriptor; when its far end is closed, the task counts as cancelled. A
  ///   negative one is none.
  public func outputOnThisThread(
    reading input: Int32? = nil, within limit: Duration? = nil, stoppedBy stop: Int32 = -1
  ) throws -> (status: Int32, text: String) {
    let pipe = Pipe()
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    let end = pipe.fileHandleForWriting.fileDescriptor
    let process = try start(.descriptors(input: input ?? nothing, output: end, errors: end))
    try pipe.fileHandleForWriting.close()
    let (output, ending) = readAll(
      of: pipe.fileHandleForReading.fileDescriptor, within: limit, stoppedBy: stop)
    // It leads a session, and so a process group, of its own.
    if ending != .whole { kill(-process, SIGKILL) }
    let status = waitForExitStatus(of: process)
    let text = String(decoding: output, as: UTF8.self)
    switch ending {
    case .whole: return (status, text)
    case .overdue: throw ProgramOverdue(limit: limit ?? .zero, text: text)
    case .stopped: throw CancellationError()
    }
  }
}

/// A program, or something that it had started, did not end in time.
public struct ProgramOverdue: Error, CustomStringConvertible {
  /// How long it was given.
  public let limit: Duration
  /// What was written on both streams until then.
  public let text: String
  /// One sentence.
  public var description: String { "The program did not end within \(limit)." }
}

/// Why no more is read of a program's output.
private enum OutputEnding {
  case whole, overdue, stopped
}

/// Reads until all writers are gone, the limit is over, or the far end of `stop` is closed.
private func readAll(
  of descriptor: Int32, within limit: Duration?, stoppedBy stop: Int32
) -> (bytes: [UInt8], ending: OutputEnding) {
  let deadline = limit.map { ContinuousClock.now + $0 }
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 32 << 10)
  while true {
    if let deadline, ContinuousClock.now >= deadline { return (all, .overdue) }
    // Rounded up, so that it does not turn in circles during the last millisecond.
    let rest = deadline.map {
      max(0, (ContinuousClock.now.duration(to: $0) / .milliseconds(1)) + 1)
    }
    var looks = [descriptor, stop].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&looks, 2, rest.map { Int32(min($0, 60_000)) } ?? -1) > 0 else { continue }
    if looks[1].revents != 0 { return (all, .stopped) }
    let count = read(descriptor, &buffer, buffer.count)
    if count == 0 { return (all, .whole) }
    all += buffer.prefix(max(0, count))
  }
}

/// Does something that blocks on a thread of its own.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread { continuation.resume(returning: body()) }
  }
}
