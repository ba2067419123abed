import Configuration
import ConfigurationStore
import Control
import Dialogue

// certconfig > CRL: where revocation lists come from, and for which connections they count.
extension CertConfig {
  enum CRLOperation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case setup = "SETUP"
    case update = "UPDATE"

    var summary: String {
      switch self {
      case .new: "Create a new CRL source"
      case .edit: "Edit a CRL source"
      case .delete: "Remove a CRL source"
      case .setup: "Choose the connections for which lists are checked"
      case .update: "Update the lists of all CRL sources now"
      }
    }

    var needsSource: Bool { self == .edit || self == .delete || self == .update }
  }

  func revocationLists() async throws {
    try await context.menu {
      try await showSources()
      await showChecks()
    } operations: {
      let isEmpty = context.draft.crlSources.count == 0
      return CRLOperation.allCases.filter { !isEmpty || !$0.needsSource }
    } run: { operation in
      switch operation {
      case .new: try await newSource()
      case .edit: try await editSource()
      case .delete: try await deleteSource()
      case .setup: try await chooseChecks()
      case .update: try await updateLists()
      }
    }
  }

  private func showSources() async throws {
    let sources = context.draft.crlSources.all
    guard !sources.isEmpty else {
      return await c.say("\nThere are no CRL sources configured.")
    }
    await c.say("\nList of CRL Sources")
    try await c.table(
      [
        Column("Name", width: 10), Column("Type"), Column("Status"), Column("Update"),
        Column("Primary Source"), Column("Secondary Source"),
      ],
      sources.map { name, source in
        [
          name, source.encoding.title, source.isEnabled ? "Enabled" : "Disabled",
          source.updateInterval == 0 ? "by hand" : "\(source.updateInterval) min",
          source.primary, source.secondary.isEmpty ? "none" : source.secondary,
        ]
      })
  }

  private func showChecks() async {
    await c.say("\nCRL Check")
    for service in Self.checkedServices {
      await c.say("  \(service.title): \(context.draft.crlChecks[service] ? "Yes" : "No")")
    }
  }

  private static let checkedServices: [SSLSettings.ServiceKind] = [.inbound, .outbound, .gui]

  // MARK: NEW, EDIT, DELETE

  private func newSource() async throws {
    let name = try await c.ask("Enter a name for this CRL source:", as: ObjectName.self).text
    guard context.draft.crlSources[name] == nil else {
      throw OperationFailed("The CRL source \"\(name)\" already exists.")
    }
    var source = CRLSource()
    source.updateInterval = 24 * 60
    context.draft.crlSources[name] = try await askSource(source)
  }

  private func editSource() async throws {
    guard let name = try await pickSource(), let present = context.draft.crlSources[name] else {
      return
    }
    context.draft.crlSources[name] = try await askSource(present)
  }

  private func deleteSource() async throws {
    guard let name = try await pickSource() else { return }
    context.draft.crlSources[name] = nil
  }

  private func pickSource() async throws -> String? {
    try await c.pick(nil, from: context.draft.crlSources.names.map { Choice($0, $0) })
  }

  private func askSource(_ present: CRLSource) async throws -> CRLSource {
    var source = present
    source.encoding = try await c.choose(
      "Select the type of the file:",
      from: CRLSource.Encoding.allCases.map { Choice($0.title, $0) },
      default: present.encoding == .pem ? 1 : 2)
    source.primary = try await askPlace("primary", present: present.primary)
    let hasSecondary = try await c.confirm(
      "Do you want to use a secondary source?", default: !present.secondary.isEmpty)
    source.secondary =
      hasSecondary ? try await askPlace("secondary", present: present.secondary) : ""
    let isScheduled = try await c.confirm(
      "Do you want to update the list automatically?", default: present.updateInterval > 0)
    source.updateInterval =
      isScheduled
      ? try await c.ask(
        "Enter the number of minutes between updates:", in: 1...CRLSource.intervalRange.upperBound,
        default: present.updateInterval > 0 ? present.updateInterval : 24 * 60)
      : 0
    source.isEnabled = try await c.confirm(
      "Do you want to enable this CRL source?", default: present.isEnabled)
    return source
  }

  private func askPlace(_ which: String, present: String) async throws -> String {
    try await c.ask(
      "Enter the URL of the \(which) source, or the name of a file on machine "
        + "\"\(context.hostName)\":", as: CRLPlaceText.self,
      default: present.isEmpty ? nil : CRLPlaceText(checked: present)
    ).shown
  }

  // MARK: SETUP, UPDATE

  private func chooseChecks() async throws {
    for service in Self.checkedServices {
      context.draft.crlChecks[service] = try await c.confirm(
        "Do you want to check revocation lists for \(service.title)?",
        default: context.draft.crlChecks[service])
    }
  }

  private func updateLists() async throws {
    let committed = try await context.session.store.committed().configuration.crlSources
    guard committed.all.contains(where: \.value.isEnabled) else {
      throw OperationFailed("No CRL source is committed and enabled.")
    }
    await c.say("\nUpdating the lists of the committed sources...")
    for update in try await context.askPatiently(.crlUpdate).crls ?? [] {
      await c.say("\(update.source): \(update.text).")
      if !update.isDone { context.hasFailed = true }
    }
  }
}

extension CRLSource.Encoding {
  fileprivate var title: String { self == .pem ? "PEM" : "ASN.1" }
}

/// Where a list lies: a URL, or a file of the `configuration` folder, which may come later.
private struct CRLPlaceText: Answer {
  let shown: String

  init(checked text: String) { shown = text }

  init(answer: String) throws(InvalidAnswer) {
    switch try judged({ () throws(ConfigurationError) in try CRLPlace(answer) }) {
    case .web(let page): shown = page.description
    case .file(let name):
      do throws(StoreError) {
        try PrivateFolder.check(name: name)
      } catch {
        throw InvalidAnswer(error.description)
      }
      shown = name
    }
  }
}
