import Configuration
import Control
import Dialogue

/// `rollovernow`: starts a new file of one log or of all; it acts at once.
struct RolloverNow {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    let all = try await context.logs()
    let logs: [LogSubscription]
    switch context.arguments.count {
    case 0:
      await c.say("\nCurrently configured logs:")
      let items =
        all.map { Choice($0.name, [$0]) } + [Choice("All Logs", all)]
      guard
        let chosen = try await c.pick(
          "Which log would you like to roll over?", from: items, isBelow: true)
      else { return }
      logs = chosen
    case 1: logs = [try await context.log(named: context.arguments[0])]
    default: throw InvalidArguments()
    }
    for log in logs { try await context.outside.logs.rollOver(log.file) }
    await c.say(
      logs.count == 1
        ? "\nLog file \(logs[0].name) was rolled over." : "\nAll log files were rolled over.")
  }
}
