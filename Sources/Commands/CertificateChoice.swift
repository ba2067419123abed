import Configuration
import Dialogue

extension CommandContext {
  /// Asks for the certificate of a TLS service; Demo is warned about.
  ///
  /// - Parameter present: the profile that the service has now.
  /// - Returns: the chosen profile's name; nil when the user does not want Demo after all.
  func chooseCertificate(present: String?) async throws -> String? {
    let demo = CertificateProfile.demoName
    let profiles = draft.certificates.all.filter { $0.value.purpose == .tls }
    guard profiles.contains(where: { $0.name != demo }) else {
      return try await acceptsDemo() ? demo : nil
    }
    let names = profiles.map(\.name).filter { $0 != demo } + [demo]
    let chosen = try await conversation.choose(
      "Please choose the certificate to apply:", from: names.map { Choice($0, $0) },
      default: present.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 1, isBelow: true)
    if chosen == demo, present != demo {
      return try await acceptsDemo() ? demo : nil
    }
    return chosen
  }

  private func acceptsDemo() async throws -> Bool {
    await conversation.say(
      "\nYou have not entered a certificate. To assure privacy, run 'certconfig' first.")
    await conversation.say(
      "You may use the demo certificate to test TLS, but this will not be secure.")
    return try await conversation.confirm(
      "Do you really wish to use a demo certificate?", default: false)
  }
}
