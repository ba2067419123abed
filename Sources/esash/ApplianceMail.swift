import Commands
import ConfigurationStore
import Control
import Mail

/// Leaves messages in an appliance's spool and tells its engine of them.
struct ApplianceMail: MailSubmitting {
  let appliance: Appliance
  let engine: any EngineControl

  func submit(from sender: String, to recipients: [String], text: String) async throws -> Bool {
    let spool = Spool(folder: "\(appliance.directory)/spool")
    let file = try spool.write(
      InjectedMessage(sender: sender, recipients: recipients, text: Array(text.utf8)))
    let reply = await engine.ask(.inject)
    // Troubles may be about other files that lie there; this one is gone when it was taken.
    guard spool.names.contains(file) else { return true }
    if let error = reply?.error {
      throw OperationFailed("\(error) The message waits until it is served.")
    }
    return false
  }
}
