import Control
import Dialogue

/// `dnsflush`: answers of the DNS are asked for anew.
struct DNSFlush {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    guard
      try await c.confirm("Are you sure you want to clear out the DNS cache?", default: false)
    else { return }
    await context.outside.names.flush()
    // Without an engine there is no other cache.
    if let error = await context.outside.engine.ask(.dnsFlush)?.error {
      throw OperationFailed(error)
    }
  }
}
