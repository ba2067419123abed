import Control
import Dialogue

extension CommandContext {
  /// Asks the engine.
  ///
  /// - Throws: `OperationFailed` when none runs, or with its reason when it refuses.
  func ask(_ request: EngineRequest) async throws -> EngineReply {
    try check(await outside.engine.ask(request))
  }

  /// Asks for something that takes long; Ctrl-C ends the wait.
  ///
  /// - Throws: as `ask`.
  func askPatiently(_ request: EngineRequest) async throws -> EngineReply {
    let engine = outside.engine
    return try check(
      await conversation.interruptible {
        let reply = await engine.ask(request)
        // What was given up may have an answer all the same.
        try Task.checkCancellation()
        return reply
      })
  }

  /// Looks whether the engine did what it was asked.
  ///
  /// - Throws: `OperationFailed` when none runs, or with its reason when it refuses.
  private func check(_ reply: EngineReply?) throws -> EngineReply {
    guard let reply else {
      throw OperationFailed("Nothing serves this appliance at present, so no mail flows.")
    }
    if let error = reply.error { throw OperationFailed(error) }
    return reply
  }

  /// The mail flow's counters and gauges.
  func mailStatus() async throws -> MailStatus {
    guard let status = try await ask(.mailStatus).mail else {
      throw OperationFailed("The engine does not tell how the mail flows.")
    }
    return status
  }
}
