import Configuration
import ConfigurationStore
import Dialogue

extension CommandContext {
  /// The logs that are kept: those of the committed configuration, by name.
  func logs() async throws -> [LogSubscription] {
    try await session.store.committed().configuration.log.subscriptions.sorted {
      $0.name < $1.name
    }
  }

  /// Asks for a log; an empty answer yields nil.
  ///
  /// - Parameter type: which logs are offered; nil for all.
  func chooseLog(_ question: String, of type: LogType? = nil) async throws -> LogSubscription? {
    let logs = try await logs().filter { type == nil || $0.type == type }
    guard !logs.isEmpty else { throw OperationFailed("No such log is configured.") }
    await conversation.say("\nCurrently configured logs:")
    return try await conversation.pick(
      question, from: logs.map { Choice($0.name, $0) }, isBelow: true)
  }

  /// The log of a batch form.
  ///
  /// - Throws: `OperationFailed` with the names that there are.
  func log(named name: String) async throws -> LogSubscription {
    let logs = try await logs()
    guard let log = logs.first(where: { $0.name == name }) else {
      let names = logs.map(\.name).joined(separator: ", ")
      throw OperationFailed("There is no log \"\(name)\"; there are \(names).")
    }
    return log
  }
}
