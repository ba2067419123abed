import Control
import Dialogue

/// `deleterecipients`: removes messages that wait, without a bounce; it acts at once.
struct DeleteRecipients {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let choice = try await RecipientChoice.ask(c, to: "delete")
    guard try await c.confirm(question(choice), default: false) else { return }
    await c.say("\nDeleting messages, please wait.")
    let reply = try await context.ask(
      .deleteRecipients(domain: choice.domain, sender: choice.sender))
    let count = reply.count ?? 0
    await c.say("\(count) recipient\(count == 1 ? "" : "s") deleted.")
  }

  private func question(_ choice: RecipientChoice) -> String {
    switch choice {
    case .domain(let name):
      "Are you sure you want to delete all messages being delivered to \"\(name)\"?"
    case .sender(let address):
      "Are you sure you want to delete all messages with the Envelope From address of "
        + "\"\(address)\"?"
    case .all: "Are you sure you want to delete all messages in the delivery queue?"
    }
  }
}
