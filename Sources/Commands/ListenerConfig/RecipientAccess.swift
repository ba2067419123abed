import Configuration
import ConfigurationStore
import Dialogue

/// `listenerconfig` > EDIT > RCPTACCESS: for whom a public listener accepts mail.
struct RecipientAccess {
  let context: CommandContext
  let listener: String
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case print = "PRINT"
    case `import` = "IMPORT"
    case export = "EXPORT"
    case clear = "CLEAR"

    var summary: String {
      switch self {
      case .new: "Create a new entry."
      case .edit: "Modify an entry."
      case .delete: "Remove an entry."
      case .print: "Display the table."
      case .import: "Import a table from a file."
      case .export: "Export the table to a file."
      case .clear: "Remove all entries."
      }
    }
  }

  private var rules: [RecipientRule] {
    get { context.draft.listeners[listener]?.recipientAccess ?? [] }
    nonmutating set { context.draft.listeners[listener]?.recipientAccess = newValue }
  }

  /// The entries but ALL.
  private var ownRules: [RecipientRule] {
    rules.filter { $0.pattern != RecipientRule.allPattern }
  }

  func run() async throws {
    try await context.menu {
      await c.say("\nRecipient Access Table")
      await c.say("\nThere are currently \(ownRules.count) recipients.")
      await c.say("Default Access: \(rules.last?.action ?? "")")
    } operations: {
      Operation.allCases.filter { !ownRules.isEmpty || ($0 != .delete && $0 != .clear) }
    } run: { operation in
      switch operation {
      case .new: try await new()
      case .edit: try await edit()
      case .delete: try await delete()
      case .print: try await print()
      case .import: try await importTable(from: context.askImportFile())
      case .export: try await exportTable(to: context.askExportFile())
      case .clear: try await clear()
      }
    }
  }

  // MARK: NEW

  private func new() async throws {
    var added = try await c.askRecipients("Enter the recipient address for this entry.")
    // What cannot be added is refused before anything is asked of it.
    _ = try rules.adding(added)
    try await askAction(of: &added)
    rules = try rules.adding(added)
  }

  /// Asks once for what happens to all of these.
  private func askAction(of entries: inout [RecipientRule]) async throws {
    let present = entries.first
    let isAccepted = try await c.choose(
      "Select the action to apply to this address:",
      from: [Choice("Accept", true), Choice("Reject", false)],
      default: present?.isAccepted == false ? 2 : 1)
    let response = isAccepted ? "" : try await askResponse(present?.response ?? "")
    for index in entries.indices {
      entries[index].isAccepted = isAccepted
      entries[index].response = response
    }
  }

  private func askResponse(_ present: String) async throws -> String {
    guard
      try await c.confirm(
        "Would you like to specify a custom SMTP response?", default: !present.isEmpty)
    else { return "" }
    return try await c.ask(
      "Enter the text of the SMTP response.", as: ResponseText.self,
      default: present.isEmpty ? nil : ResponseText(present)
    ).stored
  }

  // MARK: EDIT, DELETE

  private func edit() async throws {
    guard let index = try await pick("edit", from: rules) else { return }
    var entry = [rules[index]]
    try await askAction(of: &entry)
    rules[index] = entry[0]
  }

  private func delete() async throws {
    guard let index = try await pick("delete", from: ownRules) else { return }
    rules.remove(at: index)
  }

  private func pick(_ purpose: String, from rules: [RecipientRule]) async throws -> Int? {
    try await c.pick(
      "Enter the recipient address number or name you wish to \(purpose).",
      from: rules.enumerated().map { Choice($1.pattern, $0) })
  }

  // MARK: PRINT, IMPORT, EXPORT, CLEAR

  func print() async throws { try await c.page("\n" + rules.text) }

  func importTable(from file: String) async throws {
    rules = try [RecipientRule](exported: context.read(file))
    await c.say("\n\(ownRules.count) recipients imported.")
  }

  func exportTable(to file: String) async throws {
    try await context.write(Array("\(rules.text)\n".utf8), to: file)
    await c.say("\nThe table was exported to \"\(file)\".")
  }

  private func clear() async throws {
    guard try await c.confirm("Are you sure you want to remove all entries?", default: false)
    else { return }
    rules.removeAll { $0.pattern != RecipientRule.allPattern }
  }
}

extension Conversation {
  /// Asks for recipients that are accepted.
  func askRecipients(_ question: String) async throws -> [RecipientRule] {
    try await ask(
      question
        + "\n\nAddresses such as \"joe@example.com\", domains such as \"example.com\" and partial\n"
        + "domains such as \".example.com\" are allowed.\nSeparate multiple addresses with commas.",
      as: RecipientList.self
    ).rules
  }
}
