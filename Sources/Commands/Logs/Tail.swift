import Configuration
import Control
import Dialogue

/// `tail`: the last lines of a log, and what is added to it, until Ctrl-C.
struct Tail {
  let context: CommandContext
  var c: Conversation { context.conversation }

  /// How many of the lines that are there are shown.
  private static let lastLines = 10

  func run() async throws {
    let log: LogSubscription
    switch context.arguments.count {
    case 0:
      guard
        let chosen = try await context.chooseLog("Enter the number of the log you wish to tail.")
      else { return }
      log = chosen
    case 1: log = try await context.log(named: context.arguments[0])
    default: throw InvalidArguments()
    }
    var reader = try await context.outside.logs.reader(of: log.file, isWhole: false)
    await c.say("\nPress Ctrl-C to stop.")
    var last: [String] = []
    try await reader.readAll { last = (last + $0).suffix(Self.lastLines) }
    for line in last { await c.say(line) }
    await c.follow(log: reader) { _ in true }
  }
}

extension Conversation {
  /// Shows the lines that come to a log until Ctrl-C.
  func follow(log reader: any LogReader, where isWanted: @escaping @Sendable (String) -> Bool)
    async
  {
    await follow {
      try await reader.follow { lines in
        for line in lines where isWanted(line) { await self.say(line) }
      }
    }
  }
}
