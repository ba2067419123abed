import Configuration
import Control
import Dialogue

/// `findevent`: what the mail log tells of a message, from its connection to its last delivery
/// (G17).
struct FindEvent {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let key = try await c.choose(
      "Please choose which type of search you want to perform:",
      from: [
        Choice("Search by envelope FROM", MessageSearch.Key.sender),
        Choice("Search by Message ID", .messageID), Choice("Search by Subject", .subject),
        Choice("Search by envelope TO", .recipient),
      ])
    let pattern = try await c.ask(
      "Enter the regular expression to search for.", as: LinePattern.self
    ).ignoringCase(true)
    guard
      let log = try await context.chooseLog(
        "Enter the number of the log you wish to use for message tracking.", of: .mail)
    else { return }
    let isWhole = try await c.choose(
      "Please choose which set of logs to search:",
      from: [Choice("All available log files", true), Choice("Current log file", false)],
      default: 2)
    let search = MessageSearch(key: key, pattern: pattern)
    let found = try await read(log, isWhole, into: search) { $0.read($1) }.found
    guard !found.isEmpty else {
      return await c.say("\nNo matching message IDs were found.")
    }
    let message = try await c.choose(
      """
      The following matching message IDs were found.  Please choose one to
      show additional log information:
      """,
      from: found.map { Choice("MID \($0.message) (\($0.date)) \($0.value)", $0.message) })
    // Its connections stand before and behind its own lines.
    let trace = try await read(log, isWhole, into: MessageTrace(of: message)) { $0.read($1) }
    let lines = try await read(log, isWhole, into: [String]()) { $0 += trace.lines(in: $1) }
    try await c.page("\n" + lines.joined(separator: "\n"))
  }

  /// Hands over the lines of a log, oldest first.
  private func read<Result: Sendable>(
    _ log: LogSubscription, _ isWhole: Bool, into start: Result,
    _ take: @escaping @Sendable (inout Result, [String]) -> Void
  ) async throws -> Result {
    let logs = context.outside.logs
    return try await c.interruptible {
      var result = start
      var reader = try await logs.reader(of: log.file, isWhole: isWhole)
      try await reader.readAll { take(&result, $0) }
      return result
    }
  }
}
