import Control
import Dialogue

/// `showrecipients`: which messages wait, and for whom.
struct ShowRecipients {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let choice = try await RecipientChoice.ask(c, to: "show")
    await c.say("\nShowing messages, please wait.")
    let reply = try await context.ask(
      .recipients(domain: choice.domain, sender: choice.sender))
    let entries = reply.recipients ?? []
    guard !entries.isEmpty else { return await c.say("\nNo messages were found.") }
    var lines = [
      "", row("MID/", "Bytes/", "Sender/", "Subject"), row("[RID]", "[Atmps]", "Recipient", ""),
    ]
    var message: Int?
    for entry in entries {
      if entry.message != message {
        let sender = entry.sender.isEmpty ? "<>" : entry.sender
        lines.append(row("\(entry.message)", "\(entry.size)", sender, entry.subject))
        message = entry.message
      }
      lines.append(row("[\(entry.recipient)]", "[\(entry.attempts)]", entry.address, ""))
    }
    if let count = reply.count, count > entries.count {
      lines.append("\(count - entries.count) more recipients are not shown.")
    }
    try await c.page(lines.joined(separator: "\n"))
  }

  private func row(_ first: String, _ second: String, _ third: String, _ fourth: String)
    -> String
  {
    let columns = first.padded(to: 12) + second.padded(to: 9) + third
    return fourth.isEmpty ? columns : columns.padded(to: 45) + " " + fourth
  }
}
