import Configuration
import ConfigurationStore
import Dialogue
import PKI

// certconfig > CERTAUTHORITY: whom the appliance trusts when it verifies a peer.
extension CertConfig {
  enum AuthorityOperation: String, MenuOperation, CaseIterable {
    case custom = "CUSTOM"
    case system = "SYSTEM"

    var summary: String {
      switch self {
      case .custom: "Manage Custom Certificate Authorities"
      case .system: "Manage System Certificate Authorities"
      }
    }
  }

  enum ListOperation: String, MenuOperation, CaseIterable {
    case enable = "ENABLE"
    case disable = "DISABLE"
    case print = "PRINT"
    case `import` = "IMPORT"
    case export = "EXPORT"
    case delete = "DELETE"

    var summary: String {
      switch self {
      case .enable: "Use this list of authorities"
      case .disable: "Do not use this list of authorities"
      case .print: "Print the list of authorities"
      case .import: "Import authorities from a local PEM file"
      case .export: "Export the list to a local PEM file"
      case .delete: "Remove an authority from the list"
      }
    }
  }

  func authorities() async throws {
    try await context.menu {
      let lists = context.draft.authorityLists
      await c.say("\nCertificate Authority Summary")
      await c.say("  Custom List: \(lists.isCustomEnabled ? "Enabled" : "Disabled")")
      await c.say("  System List: \(lists.isSystemEnabled ? "Enabled" : "Disabled")")
    } operations: {
      AuthorityOperation.allCases
    } run: { operation in
      switch operation {
      case .custom: try await customList()
      case .system: try await systemList()
      }
    }
  }

  // MARK: CUSTOM

  private func customList() async throws {
    try await context.menu {
    } operations: {
      let isEmpty = context.draft.authorities.count == 0
      return [context.draft.authorityLists.isCustomEnabled ? .disable : .enable]
        + (isEmpty ? [ListOperation.import] : [.print, .import, .export, .delete])
    } run: { operation in
      switch operation {
      case .enable: context.draft.authorityLists.isCustomEnabled = true
      case .disable: context.draft.authorityLists.isCustomEnabled = false
      case .print: try await printAuthorities(customAuthorities)
      case .import: try await importAuthorities()
      case .export: try await exportAuthorities(customAuthorities)
      case .delete: try await deleteAuthority()
      }
    }
  }

  /// An issuer stands before what it issued, so that an exported list can be imported again.
  private var customAuthorities: [Certificate] {
    var waiting = context.draft.authorities.all.map(\.value.certificate)
    var ordered: [Certificate] = []
    while !waiting.isEmpty {
      let next = waiting.firstIndex { certificate in
        certificate.isSelfIssued || !waiting.contains { $0.subject == certificate.issuer }
      }
      ordered.append(waiting.remove(at: next ?? 0))
    }
    return ordered
  }

  private func importAuthorities() async throws {
    let found = try bundle(await context.read(context.askImportFile()))
    let present = context.draft.authorities.all.map(\.value.certificate) + systemAuthorities
    var known = Set(present.map(\.subject))
    for certificate in found {
      try addAuthority(certificate, known)
      known.insert(certificate.subject)
    }
    await c.say("\n\(found.count) \(found.count == 1 ? "authority" : "authorities") imported.")
  }

  private func bundle(_ bytes: [UInt8]) throws -> [Certificate] {
    do {
      return try PEMContainer(bytes: bytes, limits: .bundle).requireCertificates()
    } catch {
      throw OperationFailed("Could not read PEM data from file.\n\(error)")
    }
  }

  /// - Parameter known: the authorities by whom an intermediate may be issued.
  private func addAuthority(
    _ certificate: Certificate, _ known: Set<DistinguishedName>
  ) throws {
    let name = certificate.subject.description
    guard certificate.isAuthority else {
      throw OperationFailed("The certificate \"\(name)\" is not an authority's.")
    }
    guard certificate.notAfter > context.now else {
      throw OperationFailed("The authority \"\(name)\" has expired.")
    }
    guard context.draft.authorities[certificate.sha256] == nil else {
      throw OperationFailed("The authority \"\(name)\" is already in the list.")
    }
    guard certificate.isSelfIssued || known.contains(certificate.issuer) else {
      throw OperationFailed(
        "The authority \"\(name)\" is an intermediate; import its root first.")
    }
    context.draft.authorities[certificate.sha256] = CertificateAuthority(certificate: certificate)
  }

  private func deleteAuthority() async throws {
    let items = customAuthorities.map { Choice($0.subject.description, $0.sha256) }
    guard let chosen = try await c.pick(nil, from: items) else { return }
    context.draft.authorities[chosen] = nil
  }

  // MARK: SYSTEM

  /// The machine's own bundle; empty where there is none.
  var systemAuthorities: [Certificate] {
    (try? TrustStore())?.authorities ?? []
  }

  private func systemList() async throws {
    try await context.menu {
    } operations: {
      [context.draft.authorityLists.isSystemEnabled ? .disable : .enable, .print, .export]
        as [ListOperation]
    } run: { operation in
      switch operation {
      case .enable: context.draft.authorityLists.isSystemEnabled = true
      case .disable: context.draft.authorityLists.isSystemEnabled = false
      case .print: try await printAuthorities(systemAuthorities)
      case .export: try await exportAuthorities(systemAuthorities)
      case .import, .delete: break
      }
    }
  }

  // MARK: What both lists share

  private func printAuthorities(_ authorities: [Certificate]) async throws {
    await c.say()
    try await c.table(
      [Column("Common Name", width: 40), Column("Expires"), Column("SHA-256", width: 16)],
      authorities.map { authority in
        [authority.subject.displayName, DateText.full(authority.notAfter), authority.sha256]
      })
  }

  private func exportAuthorities(_ authorities: [Certificate]) async throws {
    let file = try await context.askExportFile()
    try await context.write(Array(authorities.map(\.pem).joined().utf8), to: file)
    await c.say("\nThe list was exported to \"\(file)\".")
  }
}
