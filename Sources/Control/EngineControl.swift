/// Whoever serves an appliance's committed configuration, as far as others may ask it.
public protocol EngineControl: Sendable {
  /// Asks something of the engine.
  ///
  /// - Returns: the answer; nil when no engine runs. An engine that does not answer in time gives
  ///   a refusal that says so.
  func ask(_ request: EngineRequest) async -> EngineReply?
}

extension EngineControl {
  /// Has a committed version served.
  ///
  /// - Returns: a sentence for each thing that could not be done, such as a port in use. Empty
  ///   too when no engine runs.
  public func apply(version: Int) async -> [String] {
    guard let reply = await ask(.apply(version: version)) else { return [] }
    return reply.troubles + [reply.error].compactMap { $0 }
  }
}
