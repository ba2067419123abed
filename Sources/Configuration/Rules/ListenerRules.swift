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
      let isDomain =
        listener.defaultDomain.isEmpty || (try? HostName(listener.defaultDomain)) != nil
      guard isDomain else {
        throw ConfigurationError(
          "The listener \"\(name)\" adds the impossible domain \"\(listener.defaultDomain.printable)\"."
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
      guard rule.response.isReplyText else {
        throw ConfigurationError(
          "The recipient \(rule.pattern) of \"\(listener)\" has an impossible response.")
      }
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
    let words = groups.map { $0.name[...] } + policies.map { $0.name.dropFirst() }
    guard words.allSatisfy(\.isTableWord), policies.allSatisfy({ $0.name.first == "$" }) else {
      throw ConfigurationError(
        "The host access table of \"\(listener)\" has a group or a policy of an impossible name.")
    }
    try verifyTexts(listener: listener)
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

extension HostAccessTable {
  /// Texts go into replies of one line, and into the table's text form.
  private func verifyTexts(listener: String) throws(ConfigurationError) {
    let policies = [defaults.asOverrides] + policies.map(\.overrides)
    let isPossible = policies.allSatisfy { policy in
      let host = policy.bannerHostName ?? ""
      return (host.isEmpty || (try? HostName(host)) != nil)
        && [policy.acceptBanner, policy.rejectBanner].allSatisfy { ($0 ?? "").isReplyText }
        && (policy.tlsAddressList ?? []).allSatisfy(\.isListedAddress)
    }
    let comments = groups.flatMap { [$0.comment] + $0.senders.map(\.comment) }
    guard isPossible, !comments.contains(where: \.holdsControls) else {
      throw ConfigurationError(
        "The host access table of \"\(listener)\" has an impossible text.")
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
