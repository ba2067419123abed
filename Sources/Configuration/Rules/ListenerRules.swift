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

extension StringProtocol {
  /// Whether a group, or a policy without its dollar sign, can be called so.
  public var isTableWord: Bool {
    (1...32).contains(count)
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  /// Whether it can stand in a reply of one line.
  public var isReplyText: Bool {
    utf8.count <= 200 && utf8.allSatisfy { (32..<127).contains($0) }
  }

  /// Whether it can stand in a list of addresses and domains.
  public var isListedAddress: Bool {
    !isEmpty && !holdsControls && !contains { $0.isWhitespace || $0 == "\"" }
  }

  /// Whether it holds a character that no text of one line has, or that XML cannot hold.
  public var holdsControls: Bool {
    unicodeScalars.contains {
      $0.value < 32 || $0.value == 127 || $0.value == 0xFFFE || $0.value == 0xFFFF
    }
  }

  /// Whether it looks like joe@example.com (RFC 5321 section 4.1.2, without quoted local parts).
  public var isMailAddress: Bool {
    let parts = split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].isLocalPart && (try? HostName(String(parts[1]))) != nil
  }

  /// Whether it can stand before the @ of an address.
  var isLocalPart: Bool {
    (1...64).contains(utf8.count)
      && utf8.allSatisfy { (33..<127).contains($0) && !#"()<>,;:"\[]"#.utf8.contains($0) }
  }
}

extension [String] {
  /// The first text that stands here a second time, whatever its case.
  var firstRepeated: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0.lowercased()).inserted }
  }
}
