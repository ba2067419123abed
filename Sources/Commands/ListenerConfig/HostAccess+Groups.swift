import Configuration
import Dialogue

// HOSTACCESS: sender groups. The first from the top that matches decides.
extension HostAccess {
  enum GroupOperation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case delete = "DELETE"
    case policy = "POLICY"
    case comment = "COMMENT"
    case print = "PRINT"
    case rename = "RENAME"

    var summary: String {
      switch self {
      case .new: "Add a new host."
      case .delete: "Remove a host."
      case .policy: "Change the policy settings and options."
      case .comment: "Change the comment."
      case .print: "Display the current definition."
      case .rename: "Rename this sender group."
      }
    }

    /// Whether it makes sense for `ALL`, which has neither senders nor another name.
    var fitsAll: Bool { self == .policy || self == .comment || self == .print }
  }

  // MARK: NEW

  /// A new group stands last before ALL; MOVE brings it to its place.
  func newGroup() async throws {
    let name = try await freeGroupName()
    let senders = try await askSenders()
    var group = SenderGroup(name: name, policy: "")
    add(senders, to: &group)
    group.policy = try await askPolicy(present: nil)
    group.comment = try await askComment(present: "")
    table.groups.insert(group, at: table.groups.count - 1)
  }

  private func freeGroupName(present: String? = nil) async throws -> String {
    let name = try await c.ask(
      "Enter a name for this sender group.", as: GroupName.self,
      default: present.map { GroupName($0) }
    ).text
    let others = table.groups.map(\.name).filter { $0 != present }
    guard !others.contains(where: { $0.lowercased() == name.lowercased() }) else {
      throw OperationFailed("There is already a sender group \(name).")
    }
    return name
  }

  private func askSenders() async throws -> [Sender] {
    try await c.ask(
      "Enter the hosts to add. Addresses, ranges such as 10.1.1.10-20, networks such as\n"
        + "10.1.1.0/24, partial addresses such as 10.1.1., hostnames, partial hostnames such\n"
        + "as .example.com and reputations such as sbrs[-3.0:-1.0] are allowed.\n"
        + "Separate multiple hosts with commas.", as: SenderList.self
    ).senders
  }

  private func add(_ senders: [Sender], to group: inout SenderGroup) {
    for sender in senders where !group.senders.contains(where: { $0.pattern == sender.pattern }) {
      group.senders.append(sender)
    }
  }

  private func askPolicy(present: String?) async throws -> String {
    let names = table.policies.map(\.name)
    return try await c.choose(
      "Select a behavior for this entry.",
      from: names.map { Choice($0, $0, aliases: [String($0.dropFirst())]) },
      default: present.flatMap(names.firstIndex).map { $0 + 1 } ?? 1)
  }

  private func askComment(present: String) async throws -> String {
    try await c.ask(
      "Enter a comment for this sender group.", as: GroupComment.self,
      default: GroupComment(present)
    ).text
  }

  // MARK: EDIT

  func editGroup() async throws {
    guard let name = try await pickGroup("edit", from: table.groups) else { return }
    // The name changes under the menu.
    var current = name
    try await context.menu {
    } operations: {
      let group = group(current)
      return GroupOperation.allCases.filter { operation in
        if operation == .delete, group.senders.isEmpty { return false }
        return operation.fitsAll || current != SenderGroup.allName
      }
    } run: { operation in
      var changed = group(current)
      switch operation {
      case .new: add(try await askSenders(), to: &changed)
      case .delete: try await deleteSender(from: &changed)
      case .policy: changed.policy = try await askPolicy(present: changed.policy)
      case .comment: changed.comment = try await askComment(present: changed.comment)
      case .print: try await c.page("\n" + changed.lines.joined(separator: "\n"))
      case .rename: changed.name = try await freeGroupName(present: current)
      }
      replace(current, by: changed)
      current = changed.name
    }
  }

  private func deleteSender(from group: inout SenderGroup) async throws {
    let items = group.senders.enumerated().map { Choice($1.pattern, $0) }
    let index = try await c.pick("Enter the number or name of the host to remove.", from: items)
    if let index { group.senders.remove(at: index) }
  }

  private func group(_ name: String) -> SenderGroup {
    table.groups.first { $0.name == name } ?? SenderGroup(name: name, policy: "")
  }

  private func replace(_ name: String, by group: SenderGroup) {
    if let index = table.groups.firstIndex(where: { $0.name == name }) {
      table.groups[index] = group
    }
  }

  private func pickGroup(_ purpose: String, from groups: [SenderGroup]) async throws -> String? {
    try await c.pick(
      "Enter the sender group number or name you wish to \(purpose).",
      from: groups.map { group in
        Choice(group.name, group.name)
      })
  }

  // MARK: DELETE, MOVE

  func deleteGroup() async throws {
    guard !ownGroups.isEmpty else { throw OperationFailed("There is no sender group but ALL.") }
    guard let name = try await pickGroup("delete", from: ownGroups),
      try await c.confirm(
        "Are you sure you want to delete the sender group \(name)?", default: false)
    else { return }
    table.groups.removeAll { $0.name == name }
  }

  func moveGroup() async throws {
    guard let name = try await pickGroup("move", from: ownGroups) else { return }
    let others = table.groups.filter { $0.name != name }
    guard let next = try await pickGroup("insert it before", from: others) else { return }
    let moved = group(name)
    var groups = others
    groups.insert(moved, at: others.firstIndex { $0.name == next } ?? others.count - 1)
    table.groups = groups
  }
}
