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
    guard certificateNames != [demo] else {
      return try await acceptsDemo(toTest: service) ? demo : nil
    }
    let chosen = try await applyCertificate(present: present)
    guard chosen == demo, present != demo else { return chosen }
    return try await acceptsDemo(toTest: service, insteadOfOthers: true) ? demo : nil
  }

  /// Asks for the certificate that the appliance presents to other servers.
  ///
  /// - Parameter present: the profile that is presented now.
  /// - Returns: the chosen profile's name.
  func chooseClientCertificate(present: String) async throws -> String {
    let demo = CertificateProfile.demoName
    if present == demo {
      await conversation.say(
        "\nThe \"\(demo)\" certificate is currently configured. You may use \"\(demo)\", "
          + "but this will not be secure.")
    }
    return try await applyCertificate(present: present)
  }

  /// As on the appliance, the first certificate is offered in place of the demonstration's.
  private func applyCertificate(present: String?) async throws -> String {
    let names = certificateNames
    let index = present == CertificateProfile.demoName ? nil : present.flatMap(names.firstIndex)
    return try await conversation.choose(
      "Please choose the certificate to apply:", from: names.map { Choice($0, $0) },
      default: (index ?? 0) + 1, isBelow: true)
  }

  /// The profiles that a TLS service may present, the demonstration certificate last.
  var certificateNames: [String] {
    let demo = CertificateProfile.demoName
    return draft.certificates.all.filter { $0.value.purpose == .tls && $0.name != demo }
      .map(\.name) + [demo]
  }

  /// Warns of the demonstration certificate and asks whether it is really to be used.
  ///
  /// - Parameter insteadOfOthers: whether there are others, so that none need be entered first.
  func acceptsDemo(toTest service: String, insteadOfOthers: Bool = false) async throws -> Bool {
    await conversation.say()
    if !insteadOfOthers {
      await conversation.say(
        "You have not entered a certificate. To assure privacy, run 'certconfig' first.")
    }
    await conversation.say(
      "You may use the demo certificate to test \(service), but this will not be secure.")
    return try await conversation.confirm(
      "Do you really wish to use a demo certificate?", default: false)
  }
}
