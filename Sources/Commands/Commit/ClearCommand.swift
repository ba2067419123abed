import ConfigurationStore
import Dialogue

/// `clear`, `clearchanges`: drops what is pending.
struct ClearCommand {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    switch context.arguments.map({ $0.lowercased() }) {
    case []:
      guard
        try await c.confirm(
          "Are you sure you want to clear all changes since the last commit?", default: true)
      else { return }
    case ["y"]: break
    case ["n"]: return
    default: throw InvalidArguments()
    }
    context.session.clear()
    context.draft = try await context.session.draft()
    await c.say("\nChanges cleared: \(DateText.full(context.now))")
  }
}
