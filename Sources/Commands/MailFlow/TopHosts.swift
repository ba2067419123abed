import Control
import Dialogue

/// `tophosts`: the destinations with the most of something.
struct TopHosts {
  let context: CommandContext
  var c: Conversation { context.conversation }

  /// What the list is sorted by.
  enum Order: String, CaseIterable {
    case active = "Active Recipients"
    case connections = "Connections Out"
    case delivered = "Delivered Recipients"
    case hardBounced = "Hard Bounced Recipients"
    case softBounced = "Soft Bounced Events"

    func number(_ host: HostStatus) -> Int {
      switch self {
      case .active: host.activeRecipients
      case .connections: host.connections
      case .delivered: host.delivered
      case .hardBounced: host.hardBounced
      case .softBounced: host.softBounced
      }
    }
  }

  /// How many hosts are shown.
  private static let limit = 20

  func run() async throws {
    let order: Order
    switch context.arguments.count {
    case 0:
      order = try await c.choose(
        "Sort results by:", from: Order.allCases.map { Choice($0.rawValue, $0) })
    case 1:
      let words: [String: Order] = [
        "active": .active, "conn": .connections, "deliv": .delivered, "hard": .hardBounced,
        "soft": .softBounced,
      ]
      guard let named = words[context.arguments[0].lowercased()] else { throw InvalidArguments() }
      order = named
    default: throw InvalidArguments()
    }
    let hosts = (try await context.ask(.topHosts).hosts ?? [])
      .filter { order.number($0) > 0 }
      .sorted { (order.number($1), $0.domain) < (order.number($0), $1.domain) }
      .prefix(Self.limit)
    await c.say("\nStatus as of:               \(DateText.full(context.now))")
    await c.say("Hosts marked with '*' were down as of the last delivery attempt.\n")
    await c.say(row("", "", ["Active", "Conn.", "Deliv.", "Soft", "Hard"]))
    await c.say(row("#", "Recipient Host", ["Recip.", "Out", "Recip.", "Bounced", "Bounced"]))
    await c.say()
    for (index, host) in hosts.enumerated() {
      await c.say(
        row(
          "\(index + 1)\(host.state == .down ? "*" : "")", host.domain,
          [
            host.activeRecipients, host.connections, host.delivered, host.softBounced,
            host.hardBounced,
          ].map(NumberText.grouped)))
    }
  }

  private func row(_ number: String, _ host: String, _ values: [String]) -> String {
    number.padded(to: 5) + host.padded(to: 27)
      + values.map { $0.padded(to: 10, atStart: true) }.joined()
  }
}
