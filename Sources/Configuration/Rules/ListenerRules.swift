extension Configuration {
  /// What a listener names must exist, and its tables must say something of everybody.
  func verifyListeners() throws(ConfigurationError) {
    for (name, listener) in listeners.all {
      guard interfaces[listener.interface] != nil else {
        throw ConfigurationError(
          "The listener \"\(name)\" is on the interface \"\(listener.interface)\", which does not exist."
        )
      }
      guard bounceProfileNames.contains(listener.bounceProfile) else {
        throw ConfigurationError(
          "The listener \"\(name)\" has the bounce profile \"\(listener.bounceProfile.printable)\", which does not exist."
        )
      }
      try listener.hostAccess.verify(listener: name)
      try Self.verify(listener.recipientAccess, of: listener.role, listener: name)
    }
  }

  private static func verify(
    _ rules: [RecipientRule], of role: Listener.Role, listener: String
  ) throws(ConfigurationError) {
    guard role == .public else { return }
    let all = RecipientRule.allPattern
    guard rules.last?.pattern == all, rules.count(where: { $0.pattern == all }) == 1 else {
      throw ConfigurationError("The recipients of \"\(listener)\" do not end with one entry ALL.")
    }
    for rule in rules {
      _ = try RecipientRule(reading: rule.pattern, isAccepted: rule.isAccepted)
    }
  }
}

extension HostAccessTable {
  /// Groups end with ALL, names stand once, policies exist, senders can be matched.
  func verify(listener: String) throws(ConfigurationError) {
    let all = SenderGroup.allName
    guard groups.last?.name == all, groups.count(where: { $0.name == all }) == 1 else {
      throw ConfigurationError(
        "The sender groups of \"\(listener)\" do not end with one group ALL.")
    }
    if let name = groups.map(\.name).firstRepeated ?? policies.map(\.name).firstRepeated {
      throw ConfigurationError(
        "The host access table of \"\(listener)\" has \"\(name.printable)\" twice.")
    }
    let names = Set(policies.map(\.name))
    for group in groups {
      guard names.contains(group.policy) else {
        throw ConfigurationError(
          "The sender group \(group.name) of \"\(listener)\" uses the policy \(group.policy), which does not exist."
        )
      }
      for sender in group.senders { _ = try Sender(reading: sender.pattern) }
    }
  }
}

extension [String] {
  /// The first text that stands here a second time, whatever its case.
  var firstRepeated: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0.lowercased()).inserted }
  }
}
