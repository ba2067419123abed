import Control
import Dialogue

/// `delivernow`: tries at once what waits for a retry.
struct DeliverNow {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    let domain: String?
    switch context.arguments.count {
    case 0: domain = try await ask()
    case 1 where context.arguments[0].lowercased() == "all": domain = nil
    case 1: domain = context.arguments[0].lowercased()
    default: throw InvalidArguments()
    }
    _ = try await context.ask(.deliverNow(domain))
    await c.say(
      domain.map { "\nRescheduling all messages to \($0) for delivery." }
        ?? "\nRescheduling all messages for delivery.")
  }

  private func ask() async throws(InputEnd) -> String? {
    let isOne = try await c.choose(
      "Please choose an option for scheduling immediate delivery.",
      from: [Choice("By recipient domain", true), Choice("All messages", false)])
    guard isOne else { return nil }
    return try await c.ask(
      "Please enter the recipient domain for the messages you wish to deliver."
    ).lowercased()
  }
}
