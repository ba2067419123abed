import Configuration
import Dialogue

/// `dlpconfig`: the certificate that RSA Enterprise Manager is shown (G6); release 11.0 only.
struct DLPConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let present = context.draft.dlp.certificate
    await c.say("\nCertificate for RSA Enterprise Manager: \(present ?? "None")")
    if let chosen = try await context.chooseCertificate(present: present) {
      context.draft.dlp.certificate = chosen
    }
  }
}
