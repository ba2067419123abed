import Configuration
import ConfigurationStore
import Dialogue

/// `destconfig`: limits and TLS towards domains, and what deliveries present (G6, G14, G15).
struct DestConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case setup = "SETUP"
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case `default` = "DEFAULT"
    case list = "LIST"
    case detail = "DETAIL"
    case clear = "CLEAR"
    case `import` = "IMPORT"
    case export = "EXPORT"

    var summary: String {
      switch self {
      case .setup: "Change global settings."
      case .new: "Create a new entry."
      case .edit: "Modify an entry."
      case .delete: "Remove an entry."
      case .default: "Change the default."
      case .list: "Display a summary list of all entries."
      case .detail: "Display details for one destination or all entries."
      case .clear: "Remove all entries."
      case .import: "Import tables from a file."
      case .export: "Export tables to a file."
      }
    }

    /// Whether it makes sense only where there is an entry.
    var needsEntry: Bool { self == .edit || self == .delete || self == .clear }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { return try await runBatch() }
    try await context.menu {
      await c.say("\nThere are currently \(context.draft.destinations.count) entries configured.")
    } operations: {
      let isEmpty = context.draft.destinations.count == 0
      return Operation.allCases.filter { !isEmpty || !$0.needsEntry }
    } run: { operation in
      switch operation {
      case .setup: try await setUp()
      case .new: try await newEntry()
      case .edit: try await editEntry()
      case .delete: try await deleteEntry()
      case .default: try await editDefault()
      case .list: try await c.page("\n" + context.draft.destinationList)
      case .detail: try await showDetails()
      case .clear: try await clear()
      case .import: try await importEntries(from: context.askImportFile())
      case .export: try await exportEntries(to: context.askExportFile())
      }
    }
  }

  // MARK: SETUP

  private func setUp() async throws {
    var settings = context.draft.outbound
    settings.certificate = try await context.chooseClientCertificate(present: settings.certificate)
    settings.alertsOnRequiredTLSFailure = try await c.confirm(
      "Do you want to send an alert when a required TLS connection fails?",
      default: settings.alertsOnRequiredTLSFailure)
    context.draft.outbound = settings
  }

  // MARK: DELETE, CLEAR

  private func deleteEntry() async throws {
    let domain = try await askEntry("Enter the domain you wish to delete.")
    context.draft.destinations[domain] = nil
  }

  private func clear() async throws {
    guard try await c.confirm("Are you sure you want to remove all entries?", default: false)
    else { return }
    clearEntries()
  }

  func clearEntries() {
    for name in context.draft.destinations.names { context.draft.destinations[name] = nil }
  }

  /// Asks for the domain of an entry that there is.
  func askEntry(_ question: String) async throws -> String {
    let domain = try await c.ask(
      question, as: DestinationDomain.self, completions: context.draft.destinations.names
    ).text
    return try existing(domain)
  }

  /// The domain itself.
  ///
  /// - Throws: `OperationFailed` when it has no entry.
  func existing(_ domain: String) throws(OperationFailed) -> String {
    guard context.draft.destinations[domain] != nil else {
      throw OperationFailed("There is no entry for \"\(domain)\".")
    }
    return domain
  }

  // MARK: DETAIL

  private func showDetails() async throws {
    try await c.page("\n" + context.draft.destinationList)
    let answer = try await c.askOptional(
      "Enter the domain name to view, or enter DEFAULT to view details for the\n"
        + "default, or enter ALL to view details for all:",
      completions: context.draft.destinations.names + ["DEFAULT", "ALL"])
    if !answer.isEmpty { try await c.page("\n" + details(answer)) }
  }

  /// The details of an entry, of the default (`DEFAULT`), or of everything (`ALL`).
  func details(_ name: String) throws -> String {
    switch name.uppercased() {
    case "DEFAULT": return context.draft.destinationDefaultDetails(context.release)
    case "ALL":
      let entries = context.draft.destinations.all.map { name, entry in
        context.draft.destinationDetails(name, entry, context.release)
      }
      return (entries + [context.draft.destinationDefaultDetails(context.release)])
        .joined(separator: "\n\n")
    default:
      let domain = try existing(DestinationDomain(name).text)
      let entry = context.draft.destinations[domain] ?? Destination()
      return context.draft.destinationDetails(domain, entry, context.release)
    }
  }

  // MARK: IMPORT, EXPORT

  func importEntries(from file: String) async throws {
    let bytes = try context.read(file)
    do {
      try context.draft.importDestinations(bytes, release: context.release)
    } catch {
      throw OperationFailed("Error: \(error) Nothing was imported.")
    }
    await c.say("\nThe entries in \"\(file)\" have replaced those there were.")
  }

  func exportEntries(to file: String) async throws {
    let text = context.draft.destinationFile(release: context.release)
    try await context.write(Array(text.utf8), to: file)
    await c.say("\nThe entries were exported to \"\(file)\".")
  }
}
