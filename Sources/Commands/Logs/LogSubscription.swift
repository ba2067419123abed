import Dialogue

/// A log that people can look at: the name in menus, and the name of its files.
struct LogSubscription: Equatable, Sendable {
  /// Such as `mail_logs`.
  let name: String
  /// What it holds.
  let type: String
  /// The name of its files, such as `mail`.
  let file: String

  /// All logs, in the order of lists.
  static let all = [
    LogSubscription(name: "authentication", type: "Authentication Logs", file: "authentication"),
    LogSubscription(name: "cli_logs", type: "CLI Audit Logs", file: "cli"),
    LogSubscription(name: "mail_logs", type: "Text Mail Logs", file: "mail"),
    LogSubscription(name: "system_logs", type: "System Logs", file: "system"),
  ]

  /// The log of this name, or nil.
  static func named(_ name: String) -> LogSubscription? { all.first { $0.name == name } }
}

extension CommandContext {
  /// Asks for a log; an empty answer yields nil.
  func chooseLog(_ question: String) async throws -> LogSubscription? {
    await conversation.say("\nCurrently configured logs:")
    return try await conversation.pick(
      question, from: LogSubscription.all.map { Choice($0.name, $0) }, isBelow: true)
  }

  /// The log of a batch form.
  ///
  /// - Throws: `OperationFailed` with the names that there are.
  func log(named name: String) throws -> LogSubscription {
    guard let log = LogSubscription.named(name) else {
      let names = LogSubscription.all.map(\.name).joined(separator: ", ")
      throw OperationFailed("There is no log \"\(name)\"; there are \(names).")
    }
    return log
  }
}
