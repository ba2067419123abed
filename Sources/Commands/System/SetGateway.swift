import Addresses
import Configuration
import Dialogue

/// `setgateway`: the way out of the local networks; deliveries by "Auto" leave beside it (G11).
struct SetGateway {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    switch context.arguments.count {
    case 0:
      await c.say(
        "\nWarning: with a wrong default gateway a remote session may be lost when the change is\n"
          + "committed.")
      let present = HostAddress(context.draft.network.gateway)
      try await set(
        c.ask("Enter new default gateway:", as: HostAddress.self, default: present).address)
    case 1: try await set(HostAddress(answer: context.arguments[0]).address)
    default: throw InvalidArguments()
    }
  }

  private func set(_ gateway: IPv4Address) async throws {
    context.draft.network.gateway = gateway
    let isReachable = context.draft.interfaces.all.contains { _, interface in
      interface.ipv4Network?.contains(gateway) == true
    }
    if !isReachable {
      await c.say("\nNote: no interface is on the network of \(gateway).")
    }
  }
}
