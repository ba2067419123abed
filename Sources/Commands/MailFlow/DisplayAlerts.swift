import Control
import Dialogue
import Foundation

/// `displayalerts`: the last alerts that were sent, newest first (G15).
struct DisplayAlerts {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let alerts = try await context.ask(.alerts).alerts ?? []
    guard !alerts.isEmpty else { return await c.say("\nNo alerts were sent.") }
    var lines = [
      "", "Date and Time Stamp               Description",
      String(repeating: "-", count: 80),
    ]
    for alert in alerts.sorted(by: { $0.date > $1.date }) {
      lines.append("\(DateText.full(alert.date).padded(to: 33)) \(alert.subject)")
    }
    try await c.page(lines.joined(separator: "\n"))
  }
}
