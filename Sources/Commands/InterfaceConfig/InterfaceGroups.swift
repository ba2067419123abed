import Configuration
import Dialogue

/// `interfaceconfig` > GROUPS: interfaces under one name.
struct InterfaceGroups {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"

    var summary: String {
      switch self {
      case .new: "Create a new group."
      case .edit: "Modify a group."
      case .delete: "Remove a group."
      }
    }
  }

  func run() async throws {
    try await context.menu {
      let groups = context.draft.interfaceGroups.all
      await c.say(
        groups.isEmpty
          ? "\nThere are no interface groups." : "\nCurrently configured interface groups:")
      for (number, group) in groups.enumerated() {
        await c.say(
          "\(number + 1). \(group.name) (\(group.value.interfaces.joined(separator: ", ")))")
      }
    } operations: {
      context.draft.interfaceGroups.count == 0 ? [.new] : Operation.allCases
    } run: { operation in
      switch operation {
      case .new: try await newGroup()
      case .edit: try await editGroup()
      case .delete: try await deleteGroup()
      }
    }
  }

  private func newGroup() async throws {
    let name = try await c.ask("Enter the name for this group:", as: InterfaceName.self).shown
    try context.requireFree(interfaceName: name)
    context.draft.interfaceGroups[name] = InterfaceGroup(
      interfaces: try await askMembers(present: []))
  }

  private func editGroup() async throws {
    guard let name = try await pick("Enter the number of the group you wish to edit."),
      let present = context.draft.interfaceGroups[name]
    else { return }
    context.draft.interfaceGroups[name] = InterfaceGroup(
      interfaces: try await askMembers(present: present.interfaces))
  }

  private func askMembers(present: [String]) async throws -> [String] {
    let names = context.draft.interfaces.names
    return try await c.chooseSeveral(
      "Enter the names or numbers of the interfaces to be included in the group. Separate\n"
        + "multiple interfaces with commas.", from: names.map { Choice($0, $0) },
      default: present.isEmpty
        ? [1] : present.compactMap { names.firstIndex(of: $0) }.map { $0 + 1 }
    )
  }

  private func deleteGroup() async throws {
    guard let name = try await pick("Enter the number of the group you wish to delete.") else {
      return
    }
    context.draft.interfaceGroups[name] = nil
  }

  private func pick(_ question: String) async throws -> String? {
    try await c.pick(question, from: context.draft.interfaceGroups.names.map { Choice($0, $0) })
  }
}

extension CommandContext {
  /// - Throws: `OperationFailed` when an interface or a group has the name.
  func requireFree(interfaceName name: String) throws(OperationFailed) {
    guard draft.isFree(interfaceName: name) else {
      throw OperationFailed("The name \"\(name)\" is already in use.")
    }
  }
}
