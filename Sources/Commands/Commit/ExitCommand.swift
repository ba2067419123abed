import ConfigurationStore
import Dialogue

/// `exit`, `quit`: ends the session; pending changes are lost, which is asked first.
struct ExitCommand {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    if context.session.hasPendingChanges {
      await c.say("\nConfiguration changes entered but not committed. Exiting will lose changes.")
      await c.say("Type 'commit' at the command prompt to commit changes.")
      guard try await c.confirm("Are you sure you wish to exit?", default: false) else { return }
      context.session.clear()
      context.draft = try await context.session.draft()
    }
    context.endsSession = true
  }
}
