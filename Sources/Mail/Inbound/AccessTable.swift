package import Configuration
import Resolver

/// A host access table, ready for matching (G13).
package struct AccessTable: Sendable {
  /// What the table says of a host.
  package struct Decision: Sendable {
    /// What happens to the connection; never `.continue`.
    package let behavior: ConnectionBehavior
    /// The group that matched; nil for ALL.
    package let group: String?
    /// The entry that matched, as it is written.
    package let match: String
    /// The policy's values.
    package let parameters: PolicyParameters
  }

  private struct Group: Sendable {
    let name: String
    let patterns: [SenderPattern]
    let behavior: ConnectionBehavior
    let parameters: PolicyParameters
  }

  private let groups: [Group]
  private let defaults: PolicyParameters

  package init(_ table: HostAccessTable) {
    defaults = table.defaults
    groups = table.groups.compactMap { group in
      guard let policy = table.policies.first(where: { $0.name == group.policy }),
        let parameters = table.parameters(of: group.policy)
      else { return nil }
      let isAll = group.name == SenderGroup.allName
      return Group(
        name: group.name,
        patterns: isAll ? [SenderPattern("ALL")] : group.senders.map { SenderPattern($0.pattern) },
        behavior: policy.behavior, parameters: parameters)
    }
  }

  /// The first group from the top that matches decides, unless its policy says CONTINUE.
  package func decide(_ sender: SenderFacts) -> Decision {
    for group in groups where group.behavior != .continue {
      guard let pattern = group.patterns.first(where: { $0.matches(sender) }) else { continue }
      return Decision(
        behavior: group.behavior, group: group.name == SenderGroup.allName ? nil : group.name,
        match: pattern.text, parameters: group.parameters)
    }
    return Decision(
      behavior: .accept, group: nil, match: SenderGroup.allName, parameters: defaults)
  }
}
