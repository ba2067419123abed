import Configuration
import Dialogue

extension CommandContext {
  /// Asks for the certificate of a TLS service; Demo is warned about.
  ///
  /// - Parameters:
  ///   - present: the profile that the service has now.
  ///   - service: what the demonstration certificate may be used to test.
  /// - Returns: the chosen profile's name; nil when the user does not want Demo after all.
  func chooseCertificate(
    present: String?, toTest service: String = "TLS"
  ) async throws -> String? {
    let demo = CertificateProfile.demoName
    let names = certificateNames
    guard names.count > 1 else { return try await acceptsDemo(toTest: service) ? demo : nil }
    let chosen = try await conversation.choose(
      "Please choose the certificate to apply:", from: names.map { Choice($0, $0) },
      default: present.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 1, isBelow: true)
    if chosen == demo, present != demo {
      return try await acceptsDemo(toTest: service) ? demo : nil
    }
    return chosen
  }

  /// The profiles that a TLS service may present, the demonstration certificate last.
  var certificateNames: [String] {
    let demo = CertificateProfile.demoName
    return draft.certificates.all.filter { $0.value.purpose == .tls && $0.name != demo }
      .map(\.name) + [demo]
  }

  /// Warns of the demonstration certificate and asks whether it is really to be used.
  func acceptsDemo(toTest service: String) async throws -> Bool {
    await conversation.say(
      "\nYou have not entered a certificate. To assure privacy, run 'certconfig' first.")
    await conversation.say(
      "You may use the demo certificate to test \(service), but this will not be secure.")
    return try await conversation.confirm(
      "Do you really wish to use a demo certificate?", default: false)
  }
}
