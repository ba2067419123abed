import Configuration
import Dialogue

/// `deliveryconfig`: from where deliveries leave, and how many at a time (G11).
struct DeliveryConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case setup = "SETUP"

    var summary: String { "Configure mail delivery." }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      let settings = context.draft.delivery
      await c.say(
        """

        Default interface to deliver mail: \(settings.interface ?? "Auto")
        "Possible Delivery": \(settings.possibleDelivery ? "Enabled" : "Disabled")
        Default system wide maximum outbound message delivery concurrency: \(settings.maxConnections)
        Default system wide TLS maximum outbound message delivery concurrency: \(settings.maxTLSConnections)
        """)
    } operations: {
      Operation.allCases
    } run: { operation in
      switch operation {
      case .setup: try await setUp()
      }
    }
  }

  // MARK: SETUP

  private func setUp() async throws {
    var settings = context.draft.delivery
    settings.interface = try await context.chooseInterface(
      "Choose the default interface to deliver mail.", present: settings.interface)
    settings.possibleDelivery = try await c.confirm(
      "Enable \"Possible Delivery\"?", default: settings.possibleDelivery)
    settings.maxConnections = try await c.ask(
      "Please enter the default system wide maximum outbound message delivery concurrency",
      in: DeliverySettings.connectionRange, default: settings.maxConnections)
    settings.maxTLSConnections = try await c.ask(
      "Please enter the default system wide TLS maximum outbound message delivery concurrency",
      in: DeliverySettings.connectionRange, default: settings.maxTLSConnections)
    context.draft.delivery = settings
  }
}
