import Foundation
import Glibc

extension Program {
  /// Runs the program on this process's own terminal and streams, to its end.
  ///
  /// - Returns: its exit status, or 128 and the signal that ended it.
  /// - Throws: `SystemFailure`.
  public func run() async throws -> Int32 {
    let process = try start(.inherited)
    return await onThread { waitForExitStatus(of: process) }
  }

  /// Runs the program until nobody holds its output any more: itself, and what it has started.
  ///
  /// - Parameters:
  ///   - input: a descriptor that it reads from; nil for no input.
  ///   - limit: after which it is killed, with what it has started in its process group; nil for
  ///     any time.
  /// - Returns: its exit status, and what was written on both streams, in order.
  /// - Throws: `SystemFailure`; `ProgramOverdue` at the limit.
  public func output(
    reading input: Int32? = nil, within limit: Duration? = nil
  ) async throws -> (status: Int32, text: String) {
    try await onThread {
      Result { try outputOnThisThread(reading: input, within: limit) }
    }.get()
  }

  /// As `output`, but blocks the thread; for those who have one of their own.
  public func outputOnThisThread(
    reading input: Int32? = nil, within limit: Duration? = nil
  ) throws -> (status: Int32, text: String) {
    let pipe = Pipe()
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    let end = pipe.fileHandleForWriting.fileDescriptor
    let process = try start(.descriptors(input: input ?? nothing, output: end, errors: end))
    try pipe.fileHandleForWriting.close()
    let (output, isWhole) = readAll(
      of: pipe.fileHandleForReading.fileDescriptor, within: limit)
    // It leads a session, and so a process group, of its own.
    if !isWhole { kill(-process, SIGKILL) }
    let status = waitForExitStatus(of: process)
    let text = String(decoding: output, as: UTF8.self)
    guard isWhole else { throw ProgramOverdue(limit: limit ?? .zero, text: text) }
    return (status, text)
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

/// Reads until all writers are gone, or the limit is over.
private func readAll(
  of descriptor: Int32, within limit: Duration?
) -> (bytes: [UInt8], isWhole: Bool) {
  let deadline = limit.map { ContinuousClock.now + $0 }
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 32 << 10)
  while true {
    if let deadline, ContinuousClock.now >= deadline { return (all, false) }
    // Rounded up, so that it does not turn in circles during the last millisecond.
    let rest = deadline.map {
      max(0, (ContinuousClock.now.duration(to: $0) / .milliseconds(1)) + 1)
    }
    var look = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&look, 1, rest.map { Int32(min($0, 60_000)) } ?? -1) > 0 else { continue }
    let count = read(descriptor, &buffer, buffer.count)
    if count == 0 { return (all, true) }
    all += buffer.prefix(max(0, count))
  }
}

/// Does something that blocks on a thread of its own.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread { continuation.resume(returning: body()) }
  }
}
