import Configuration
import Dialogue

/// `certconfig`: certificates, authorities, revocation lists (G1–G5, G7–G9).
struct CertConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case certificate = "CERTIFICATE"
    case authority = "CERTAUTHORITY"
    case crl = "CRL"

    var summary: String {
      switch self {
      case .certificate: "Import, Create a request, Edit or Remove Certificate Profiles"
      case .authority: "Manage System and Customized Authorities"
      case .crl: "Manage Certificate Revocation Lists"
      }
    }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      let demo = CertificateProfile.demoName
      let usesOnlyDemo = context.draft.certificateUses.allSatisfy { $0.certificate == demo }
      if context.release.warnsOfDemoOnly, usesOnlyDemo {
        await c.say(
          "\nWarning: only the demonstration certificate is in use, which no peer can verify.")
      }
    } operations: {
      Operation.allCases
    } run: { operation in
      switch operation {
      case .certificate: try await certificates()
      case .authority: try await authorities()
      case .crl: try await revocationLists()
      }
    }
  }

  /// The profiles except the demonstration certificate, which nothing edits.
  var ownNames: [String] {
    context.draft.certificates.names.filter { $0 != CertificateProfile.demoName }
  }

  var hasOwnCertificates: Bool { !ownNames.isEmpty }
}
