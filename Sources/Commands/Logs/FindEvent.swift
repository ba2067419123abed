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
        Choice("Search by envelope FROM", MessageTrace.Key.sender),
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
    var reader = try await context.outside.logs.reader(of: log.file, isWhole: isWhole)
    var lines: [String] = []
    while case let more = try reader.next(), !more.isEmpty { lines += more }
    let found = MessageTrace.messages(in: lines, by: key, pattern)
    guard !found.isEmpty else {
      return await c.say("\nNo matching message IDs were found.")
    }
    let message = try await c.choose(
      """
      The following matching message IDs were found.  Please choose one to
      show additional log information:
      """,
      from: found.map { Choice("MID \($0.message) (\($0.date)) \($0.value)", $0.message) })
    let trace = MessageTrace.lines(about: message, in: lines).joined(separator: "\n")
    try await c.page("\n" + trace)
  }
}
