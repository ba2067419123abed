import Configuration
import Dialogue

// HOSTACCESS: mail flow policies.
extension HostAccess {
  // MARK: NEW

  func newPolicy() async throws {
    let name = try await freePolicyName()
    var policy = MailFlowPolicy(name: name, behavior: try await askBehavior(present: .accept))
    try await askValues(of: &policy)
    table.policies.append(policy)
    table.policies.sort { $0.name < $1.name }
  }

  private func freePolicyName(present: String? = nil) async throws -> String {
    let name = try await c.ask(
      "Enter a name for this policy.", as: PolicyName.self, default: present.map { PolicyName($0) }
    ).text
    let others = table.policies.map(\.name).filter { $0 != present }
    guard !others.contains(where: { $0.lowercased() == name.lowercased() }) else {
      throw OperationFailed("There is already a policy \(name).")
    }
    return name
  }

  private func askBehavior(present: ConnectionBehavior) async throws -> ConnectionBehavior {
    let behaviors = ConnectionBehavior.allCases
    return try await c.choose(
      "Select a behavior for this policy.", from: behaviors.map { Choice($0.title, $0) },
      default: (behaviors.firstIndex(of: present) ?? 0) + 1)
  }

  private func askValues(of policy: inout MailFlowPolicy) async throws {
    await c.say("\nThe answer \"default\" leaves a value to the defaults.")
    try await PolicyQuestions(c: c, isPolicy: true).ask(&policy.overrides)
  }

  // MARK: EDIT

  /// A new name is written into the groups that have the policy.
  func editPolicy() async throws {
    guard let name = try await pickPolicy("edit"),
      let index = table.policies.firstIndex(where: { $0.name == name })
    else { return }
    var policy = table.policies[index]
    policy.name = try await freePolicyName(present: name)
    policy.behavior = try await askBehavior(present: policy.behavior)
    try await askValues(of: &policy)
    var changed = table
    changed.policies[index] = policy
    changed.policies.sort { $0.name < $1.name }
    for place in changed.groups.indices where changed.groups[place].policy == name {
      changed.groups[place].policy = policy.name
    }
    table = changed
  }

  private func pickPolicy(_ purpose: String) async throws -> String? {
    try await c.pick(
      "Enter the policy number or name you wish to \(purpose).",
      from: table.policies.map { policy in
        Choice(policy.name, policy.name, aliases: [String(policy.name.dropFirst())])
      })
  }

  // MARK: DELETE

  func deletePolicy() async throws {
    guard let name = try await pickPolicy("delete") else { return }
    let users = table.groups.filter { $0.policy == name }.map(\.name)
    guard users.isEmpty else {
      throw OperationFailed(
        "The policy \(name) is in use by: \(users.joined(separator: ", ")).")
    }
    guard try await c.confirm("Are you sure you want to delete the policy \(name)?", default: false)
    else { return }
    table.policies.removeAll { $0.name == name }
  }
}

extension ConnectionBehavior {
  fileprivate var title: String {
    switch self {
    case .accept: "Accept"
    case .relay: "Relay"
    case .reject: "Reject"
    case .tcpRefuse: "TCP Refuse"
    case .continue: "Continue"
    }
  }
}
