import Foundation
import Glibc

extension Program {
  /// Runs the program on this process's own terminal and streams, to its end.
  ///
  /// - Returns: its exit status, or 128 and the signal that ended it.
  /// - Throws: `SystemFailure`.
  public func run() async throws -> Int32 {
    let process = try start(.inherited)
    return await onThread { exitStatus(of: process) }
  }

  /// Runs the program without an input, to its end.
  ///
  /// - Returns: its exit status, and what it wrote on both streams, in order.
  /// - Throws: `SystemFailure`.
  public func output() async throws -> (status: Int32, text: String) {
    let pipe = Pipe()
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(nothing) }
    let end = pipe.fileHandleForWriting.fileDescriptor
    let process = try start(.descriptors(input: nothing, output: end, errors: end))
    try pipe.fileHandleForWriting.close()
    return await onThread {
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      return (exitStatus(of: process), String(decoding: data, as: UTF8.self))
    }
  }
}

/// Does something that blocks on a thread of its own.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread { continuation.resume(returning: body()) }
  }
}
