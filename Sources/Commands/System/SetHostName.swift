import Configuration
import Dialogue

/// `sethostname`: the name in the main prompt; it has no effect on TLS (G10).
struct SetHostName {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    switch context.arguments.count {
    case 0:
      let present = try HostName(context.draft.system.hostName)
      context.draft.system.hostName = try await c.ask(
        "", as: HostName.self, default: present
      ).text
    case 1: context.draft.system.hostName = try HostName(context.arguments[0]).text
    default: throw InvalidArguments()
    }
  }
}
