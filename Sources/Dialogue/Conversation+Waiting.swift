extension Conversation {
  /// Does something that may take long and that Ctrl-C ends.
  ///
  /// - Parameter body: shows what happens as it happens; it is cancelled at Ctrl-C.
  /// - Returns: what the body returns.
  /// - Throws: `InputEnd.interrupted` when it was ended, else the body's own errors.
  public func interruptible<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let interruptions = terminal.interruptions
    let work = Task { try await body() }
    let watch = Task {
      for await _ in interruptions {
        work.cancel()
        return
      }
    }
    defer { watch.cancel() }
    do {
      return try await work.value
    } catch  where work.isCancelled {
      throw InputEnd.interrupted
    }
  }

  /// Shows what comes until Ctrl-C, which is the orderly end of it, or until the input's end.
  ///
  /// - Parameter body: shows things as they come; it is cancelled at the end.
  public func follow(_ body: @escaping @Sendable () async throws -> Void) async {
    let work = Task { try await body() }
    do throws(InputEnd) {
      while true { _ = try await terminal.readKey("") }
    } catch {
      work.cancel()
      _ = await work.result
      if error == .interrupted { await say("^C") }
    }
  }
}
