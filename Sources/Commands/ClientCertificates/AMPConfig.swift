import Configuration
import Dialogue

/// `ampconfig`: the certificate that a Threat Grid appliance is shown (G6).
struct AMPConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case advanced = "ADVANCED"

    var summary: String { "Set values for AMP parameters (Advanced configuration)." }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      await c.say("\nCertificate for Threat Grid: \(context.draft.amp.certificate ?? "None")")
    } operations: {
      Operation.allCases
    } run: { _ in
      let present = context.draft.amp.certificate
      if let chosen = try await context.chooseCertificate(present: present) {
        context.draft.amp.certificate = chosen
      }
    }
  }
}
