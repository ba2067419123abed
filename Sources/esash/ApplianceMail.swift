import Commands
import ConfigurationStore
import Control
import Mail

/// Leaves messages in an appliance's spool and tells its engine of them.
struct ApplianceMail: MailSubmitting {
  let appliance: Appliance
  let engine: any EngineControl

  func submit(from sender: String, to recipients: [String], text: String) async throws -> Bool {
    try Spool(folder: "\(appliance.directory)/spool").write(
      InjectedMessage(sender: sender, recipients: recipients, text: Array(text.utf8)))
    guard let reply = await engine.ask(.inject) else { return false }
    if let trouble = reply.error ?? reply.troubles.first { throw OperationFailed(trouble) }
    return true
  }
}
