import Configuration
import Dialogue

/// `resetconfig`: the factory's configuration becomes what is pending.
struct ResetConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    guard
      try await c.confirm(
        "Are you sure you want to reset all configuration values?", default: false)
    else { return }
    guard let demo = context.draft.certificates[CertificateProfile.demoName] else {
      throw OperationFailed("The demonstration certificate is missing.")
    }
    context.draft = .factory(release: context.release, demo: demo)
    await c.say("\nAll settings have been restored to the factory default.")
    await c.say("Be sure to run \"commit\" to make these settings active.")
  }
}
