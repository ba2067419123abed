import Control
import Dialogue
import Foundation

/// `date`: the moment on the appliance's calendar.
struct DateCommand {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    await context.conversation.say("\n\(DateText.full(context.now))")
  }
}

/// `uptime`: since when the appliance has been served.
struct UptimeCommand {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let upSince = try await context.mailStatus().upSince
    let length = DurationText.short(context.now.timeIntervalSince(upSince))
    await context.conversation.say("\nUp since: \(DateText.full(upSince)) (\(length))")
  }
}
