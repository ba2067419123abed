import Configuration
import Dialogue

/// `interfaceconfig`: the IP interfaces, as listeners and services stand on them (G6, G10).
struct InterfaceConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case groups = "GROUPS"
    case delete = "DELETE"

    var summary: String {
      switch self {
      case .new: "Create a new interface."
      case .edit: "Modify an interface."
      case .groups: "Define interface groups."
      case .delete: "Remove an interface."
      }
    }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      await c.say("\nCurrently configured interfaces:")
      for (number, name) in context.draft.interfaces.names.enumerated() {
        await c.say("\(number + 1). \(line(name))")
      }
    } operations: {
      context.draft.interfaces.count == 0 ? [.new] : Operation.allCases
    } run: { operation in
      switch operation {
      case .new: try await newInterface()
      case .edit: try await editInterface()
      case .groups: try await InterfaceGroups(context: context).run()
      case .delete: try await deleteInterface()
      }
    }
  }

  private func line(_ name: String) -> String {
    guard let interface = context.draft.interfaces[name] else { return name }
    let networks =
      interface.address == nil
      ? [interface.network] : [interface.network] + [interface.ipv6].compactMap(\.self)
    return "\(name) (\(networks.joined(separator: ", ")) on \(interface.ethernet): "
      + "\(interface.hostName))"
  }

  private func pick(_ question: String) async throws -> String? {
    try await c.pick(question, from: context.draft.interfaces.names.map { Choice($0, $0) })
  }

  // MARK: NEW, EDIT

  private func newInterface() async throws {
    let name = try await c.ask(
      "Please enter a name for this IP interface (Ex: \"InternalNet\"):", as: InterfaceName.self
    ).shown
    try context.requireFree(interfaceName: name)
    context.draft.interfaces[name] = try await InterfaceQuestions(context: context).ask(
      of: Interface(address: nil, ethernet: "", hostName: ""), isNew: true)
    try verify()
  }

  private func editInterface() async throws {
    guard let old = try await pick("Enter the number of the interface you wish to edit."),
      let present = context.draft.interfaces[old]
    else { return }
    let name = try await c.ask(
      "IP interface name (Ex: \"InternalNet\"):", as: InterfaceName.self,
      default: InterfaceName(old)
    ).shown
    if name.lowercased() != old.lowercased() { try context.requireFree(interfaceName: name) }
    context.draft.renameInterface(old, to: name)
    context.draft.interfaces[name] = try await InterfaceQuestions(context: context).ask(
      of: present, isNew: false)
    try verify()
  }

  /// What `commit` would refuse is told here already: addresses and ports that fall together.
  private func verify() throws {
    try context.draft.verifyInterfaces()
    try context.draft.verifyServices()
  }

  // MARK: DELETE

  private func deleteInterface() async throws {
    guard let name = try await pick("Enter the number of the interface you wish to delete.")
    else { return }
    let uses = context.draft.uses(ofInterface: name)
    guard uses.isEmpty else {
      throw OperationFailed(
        "The interface \"\(name)\" is in use by: \(uses.joined(separator: ", ")).")
    }
    guard
      try await c.confirm(
        "Are you sure you want to delete the interface \"\(name)\"?", default: false)
    else { return }
    context.draft.interfaces[name] = nil
  }
}
