import Control

extension CommandContext {
  /// Asks the engine.
  ///
  /// - Throws: `OperationFailed` when none runs, or with its reason when it refuses.
  func ask(_ request: EngineRequest) async throws -> EngineReply {
    guard let reply = await outside.engine.ask(request) else {
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
