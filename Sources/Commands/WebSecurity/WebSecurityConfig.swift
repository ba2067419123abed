import Configuration
import Dialogue

/// `websecurityconfig`: URL filtering, and the certificate that its service is shown (G6).
struct WebSecurityConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    var settings = context.draft.urlFiltering
    if settings.isEnabled {
      await c.say("\nURL Filtering is enabled.")
      settings.isEnabled = try await !c.confirm("Disable URL Filtering?", default: false)
    } else {
      settings.isEnabled = try await c.confirm("Enable URL Filtering?", default: false)
    }
    if settings.isEnabled {
      settings.tracksInteraction = try await c.confirm(
        "Do you wish to enable Web Interaction Tracking?", default: settings.tracksInteraction)
      try await offerURLList()
      settings.certificate = try await askCertificate(present: settings.certificate)
    } else {
      // Nobody is shown it any more; the profile may go.
      settings.certificate = nil
    }
    context.draft.urlFiltering = settings
  }

  private func offerURLList() async throws {
    let isWanted = try await c.confirm(
      "Do you want to \(context.release.allowingWord) URLs using a URL list?", default: false)
    if isWanted { await c.say("\nThere are no URL lists.") }
  }

  /// - Returns: the profile's name; nil for no client certificate.
  private func askCertificate(present: String?) async throws -> String? {
    let isWanted = try await c.confirm(
      "Do you want to set client certificate for Cisco Web Security Services Authentication?",
      default: present != nil)
    guard isWanted else { return nil }
    // Who does not want the demonstration certificate after all leaves things as they were.
    return try await context.chooseCertificate(present: present) ?? present
  }
}
