import Foundation

/// A program of the machine, run to its end.
struct Program {
  /// How it ended and what it printed on both streams.
  struct Result {
    let status: Int32
    let output: String
  }

  let path: String

  init(_ path: String) { self.path = path }

  /// Runs the program with no input.
  ///
  /// - Parameter limit: after which it is killed, which counts as a failure.
  func run(_ arguments: [String], within limit: Duration) async throws -> Result {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let killer = Task { [identifier = process.processIdentifier] in
      try await Task.sleep(for: limit)
      kill(identifier, SIGKILL)
    }
    defer { killer.cancel() }
    // Reading blocks, so it has a thread of its own.
    let data = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
      }
    }
    process.waitUntilExit()
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: data, as: UTF8.self))
  }
}
