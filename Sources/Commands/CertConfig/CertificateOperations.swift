import Configuration
import ConfigurationStore
import Dialogue
import Foundation
import PKI

// certconfig > CERTIFICATE: the list, and the operations on an existing profile.
extension CertConfig {
  func listCertificates() async throws {
    let names = ownNames + [CertificateProfile.demoName]
    let profiles = names.compactMap { name in
      context.draft.certificates[name].map { (name, $0) }
    }
    await c.say("\nList of Certificates")
    try await c.table(
      [
        Column("Name", width: 9), Column("Common Name", width: 20), Column("Issued By", width: 20),
        Column("Status", width: 13), Column("Remaining", width: 15),
      ],
      profiles.map { name, profile in
        let certificate = profile.certificate
        return [
          name, certificate.commonName, certificate.issuer.commonName, status(of: name, profile),
          remaining(certificate),
        ]
      })
    for (name, profile) in profiles {
      for fault in faults(of: profile.certificate, profile.intermediates) {
        await c.say("\(name): \(fault)")
      }
    }
  }

  private func status(of name: String, _ profile: CertificateProfile) -> String {
    if profile.certificate.notBefore > context.now { return "Not yet valid" }
    if profile.certificate.notAfter < context.now { return "Expired" }
    return context.draft.services(using: name).isEmpty ? "Valid" : "Active"
  }

  /// Whole days, rounded down; the last second of a day still belongs to it.
  private func remaining(_ certificate: Certificate) -> String {
    let seconds = certificate.notAfter.timeIntervalSince(context.now) - 1
    return "\(Int((seconds / 86400).rounded(.down))) days"
  }

  /// What is wrong with a chain as it will be sent, an expired intermediate included (G9).
  func faults(of leaf: Certificate, _ intermediates: [Certificate]) -> [ChainFault] {
    CertificateChain(leaf: leaf, intermediates: intermediates).faults(at: context.now).filter {
      // The peers of a certificate that a root signed itself have that root.
      if case .missing(_, let end) = $0 { !isSignedByTrustedRoot(end) } else { true }
    }
  }

  private func isSignedByTrustedRoot(_ certificate: Certificate) -> Bool {
    let lists = context.draft.authorityLists
    func has(_ roots: [Certificate]) -> Bool {
      roots.contains { $0.subject == certificate.issuer && certificate.isSigned(by: $0) }
    }
    return lists.isCustomEnabled && has(context.draft.authorities.all.map(\.value.certificate))
      || lists.isSystemEnabled && has(systemAuthorities)
  }

  private func pickProfile() async throws -> (name: String, profile: CertificateProfile)? {
    let items = ownNames.compactMap { name in
      context.draft.certificates[name].map {
        Choice(
          "[\(name)] \($0.certificate.subject.oneLine())", (name: name, profile: $0),
          aliases: [name])
      }
    }
    return try await c.pick(nil, from: items)
  }

  // MARK: EDIT

  func editCertificate() async throws {
    guard let chosen = try await pickProfile() else { return }
    let name = chosen.name
    var profile = chosen.profile
    if try await c.confirm(
      "Would you like to update the existing public certificate?", default: false)
    {
      let pasted = try await pasteCertificates()
      // The profile's key stays: whoever signed another key's request is refused here (G2, G3).
      let key = try PrivateKey(der: profile.key.bytes)
      let leaf = try leaf(of: pasted, for: key)
      await c.say("\n" + leaf.subject.oneLine())
      profile.certificate = leaf
      profile.intermediates += try await offerRest(of: pasted, for: key)
    }
    if !profile.intermediates.isEmpty {
      await c.say("\nIntermediate certificates:")
      await list(profile.intermediates)
      for fault in faults(of: profile.certificate, profile.intermediates) {
        await c.say("Note: \(fault)")
      }
    }
    try await addIntermediates(to: &profile.intermediates, of: profile.certificate)
    try await removeIntermediates(from: &profile.intermediates, of: profile.certificate)
    try await offerRequest(profile.request)
    context.draft.certificates[name] = profile
  }

  /// Shows a request on the screen, from where it is copied: there is no file (G1).
  func offerRequest(_ request: CertificateRequest) async throws {
    if try await c.confirm("Do you want to view the CSR?", default: true) {
      await c.say(request.pem.trimmingBlanks)
    }
  }

  // MARK: EXPORT

  func exportCertificate() async throws {
    guard let (name, profile) = try await pickProfile() else { return }
    let file = try await context.askExportFile()
    let passphrase = try await newPassphrase()
    let bytes = try PKCS12.seal(
      key: PrivateKey(der: profile.key.bytes), certificate: profile.certificate,
      chain: profile.intermediates, name: name, passphrase: passphrase)
    try await context.write(bytes, to: file)
    await c.say("\nCertificate \"\(name)\" exported to \"\(file)\".")
  }

  private func newPassphrase() async throws -> String {
    while true {
      let passphrase = try await c.secret("Enter a pass phrase for the exported file:")
      guard !passphrase.isEmpty else {
        await c.say("A value is required.")
        continue
      }
      if try await c.secret("Enter the pass phrase again:") == passphrase { return passphrase }
      await c.say("The pass phrases differ.")
    }
  }

  // MARK: DELETE

  func deleteCertificate() async throws {
    guard let (name, _) = try await pickProfile() else { return }
    try requireUnused(name)
    guard
      try await c.confirm(
        "Are you sure you want to delete the certificate \"\(name)\"?", default: false)
    else { return }
    context.draft.certificates[name] = nil
  }

  /// - Throws: `OperationFailed` with the services that use a profile.
  func requireUnused(_ name: String) throws {
    let services = context.draft.services(using: name)
    guard services.isEmpty else {
      throw OperationFailed(
        "The certificate \"\(name)\" is in use by: \(services.joined(separator: ", ")).")
    }
  }

  // MARK: PRINT

  func printServices() async throws {
    await c.say()
    try await c.table(
      [Column("Service"), Column("Certificate")],
      context.draft.certificateUses.map { [$0.service, $0.certificate] })
  }
}
