import Configuration
import ConfigurationStore
import Dialogue

/// `listenerconfig` > EDIT > HOSTACCESS: who may connect, and under which policy (G12, G13).
struct HostAccess {
  let context: CommandContext
  let listener: String
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case move = "MOVE"
    case `default` = "DEFAULT"
    case print = "PRINT"
    case `import` = "IMPORT"
    case export = "EXPORT"
    case clear = "CLEAR"
    case reset = "RESET"

    var summary: String {
      switch self {
      case .new: "Create a new entry."
      case .edit: "Modify an entry."
      case .delete: "Remove an entry."
      case .move: "Move an entry."
      case .default: "Set the defaults."
      case .print: "Display the table."
      case .import: "Import a table from a file."
      case .export: "Export the table to a file."
      case .clear: "Remove all entries."
      case .reset: "Remove senders and set policies to system default."
      }
    }
  }

  /// What NEW, EDIT and DELETE may mean.
  enum Entry: Sendable { case group, policy }

  var table: HostAccessTable {
    get {
      context.draft.listeners[listener]?.hostAccess ?? HostAccessTable(groups: [], policies: [])
    }
    nonmutating set { context.draft.listeners[listener]?.hostAccess = newValue }
  }

  func run() async throws {
    try await context.menu {
      await c.say("\nThere are currently \(table.policies.count) policies defined.")
      await c.say("There are currently \(ownGroups.count) sender groups.")
    } operations: {
      Operation.allCases.filter(isOffered)
    } run: { operation in
      switch operation {
      case .new: try await new()
      case .edit: try await edit()
      case .delete: try await delete()
      case .move: try await moveGroup()
      case .default: try await setDefaults()
      case .print: try await print()
      case .import: try await importTable(from: context.askImportFile())
      case .export: try await exportTable(to: context.askExportFile())
      case .clear: try await clear()
      case .reset: try await reset()
      }
    }
  }

  /// The groups that have a name of their own.
  var ownGroups: [SenderGroup] { table.groups.filter { $0.name != SenderGroup.allName } }

  private func isOffered(_ operation: Operation) -> Bool {
    switch operation {
    case .move: ownGroups.count > 1
    case .clear, .reset: operation.word == context.release.hostAccessClearWord
    default: true
    }
  }

  // MARK: NEW, EDIT, DELETE

  private func new() async throws {
    switch try await choose("New Sender Group", "New Policy") {
    case .group: try await newGroup()
    case .policy: try await newPolicy()
    }
  }

  private func edit() async throws {
    switch try await choose("Edit Sender Group", "Edit Policy") {
    case .group: try await editGroup()
    case .policy: try await editPolicy()
    }
  }

  private func delete() async throws {
    switch try await choose("Delete Sender Group", "Delete Policy") {
    case .group: try await deleteGroup()
    case .policy: try await deletePolicy()
    }
  }

  private func choose(_ group: String, _ policy: String) async throws -> Entry {
    try await c.choose(nil, from: [Choice(group, Entry.group), Choice(policy, .policy)])
  }

  // MARK: DEFAULT, PRINT

  private func setDefaults() async throws {
    var values = table.defaults.asOverrides
    try await PolicyQuestions(c: c, isPolicy: false).ask(&values)
    table.defaults = PolicyParameters().overridden(by: values)
  }

  func print() async throws { try await c.page("\n" + table.text) }

  // MARK: IMPORT, EXPORT

  func importTable(from file: String) async throws {
    let bytes = try context.read(file)
    table = try HostAccessParser.table(from: bytes, inPlaceOf: table)
    await c.say(
      "\n\(table.policies.count) policies and \(ownGroups.count) sender groups imported.")
  }

  func exportTable(to file: String) async throws {
    let bytes = Array("\(table.text)\n".utf8)
    try await context.write(bytes, to: file)
    await c.say("\nThe table was exported to \"\(file)\".")
  }

  // MARK: CLEAR, RESET

  private func clear() async throws {
    guard try await c.confirm("Are you sure you want to remove all sender groups?", default: false)
    else { return }
    table.groups.removeAll { $0.name != SenderGroup.allName }
  }

  private func reset() async throws {
    guard
      try await c.confirm(
        "Are you sure you want to replace the table by the system's default?", default: false),
      let role = context.draft.listeners[listener]?.role
    else { return }
    table = .factory(release: context.release, role: role)
  }
}
