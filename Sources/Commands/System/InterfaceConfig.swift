import Configuration
import Dialogue

/// `interfaceconfig`: the IP interfaces, as listeners and services stand on them.
struct InterfaceConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    await c.say("\nCurrently configured interfaces:")
    for (number, entry) in context.draft.interfaces.all.enumerated() {
      let interface = entry.value
      await c.say(
        "\(number + 1). \(entry.name) (\(interface.network) on \(interface.ethernet): "
          + "\(interface.hostName))")
    }
  }
}
