import Foundation

extension Process {
  /// Runs the process without a standard input.
  ///
  /// - Parameter limit: after which it is killed.
  /// - Returns: what it wrote on both streams, in order.
  /// - Throws: `CouldNotRun` when it cannot start or takes too long.
  func output(within limit: Duration) async throws -> String {
    let pipe = Pipe()
    standardInput = FileHandle.nullDevice
    standardOutput = pipe
    standardError = pipe
    let ended = AsyncStream<Void>.makeStream()
    terminationHandler = { _ in ended.continuation.finish() }
    do {
      try run()
    } catch {
      throw CouldNotRun("A command could not be started: \(error).")
    }
    let identifier = processIdentifier
    let killer = Task {
      try await Task.sleep(for: limit)
      kill(identifier, SIGKILL)
    }
    // Reading blocks, so it has a thread of its own.
    let data = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
      }
    }
    for await _ in ended.stream {}
    killer.cancel()
    if terminationReason == .uncaughtSignal, terminationStatus == SIGKILL {
      throw CouldNotRun("A command did not end within \(limit).")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
