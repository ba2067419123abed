extension HostAccessTable {
  /// The table of a fresh listener: TLS is left to the default everywhere.
  ///
  /// - Parameters:
  ///   - release: decides group names.
  ///   - role: a public listener judges by reputation, a private one lets its relays in and nobody
  ///     else, a blackhole takes all.
  public static func factory(release: Release, role: Listener.Role = .public) -> HostAccessTable {
    switch role {
    case .public: HostAccessTable(groups: publicGroups(release), policies: policies)
    case .private: HostAccessTable(groups: [relays, all("$BLOCKED")], policies: policies)
    case .blackhole: HostAccessTable(groups: [all("$ACCEPTED")], policies: policies)
    }
  }

  private static func publicGroups(_ release: Release) -> [SenderGroup] {
    [
      relays,
      SenderGroup(
        name: release.allowedGroupName, policy: "$TRUSTED", comment: "Known good senders"),
      SenderGroup(
        name: release.blockedGroupName, policy: "$BLOCKED", comment: "Spammers are rejected",
        senders: [Sender("sbrs[-10.0:-3.0]")]),
      SenderGroup(
        name: "SUSPECTLIST", policy: "$THROTTLED", comment: "Suspicious senders are throttled",
        senders: [Sender("sbrs[-3.0:-1.0]")]),
      SenderGroup(
        name: "UNKNOWNLIST", policy: "$ACCEPTED", comment: "Reviewed but undecided, accepted",
        senders: [Sender("sbrs[-1.0:10.0]"), Sender("sbrs[none]")]),
      all("$ACCEPTED"),
    ]
  }

  private static let relays = SenderGroup(
    name: "RELAYLIST", policy: "$RELAYED", comment: "Only these systems can send mail outward",
    senders: [Sender("127.0.0.1")])

  private static func all(_ policy: String) -> SenderGroup {
    SenderGroup(name: SenderGroup.allName, policy: policy)
  }

  private static var policies: [MailFlowPolicy] {
    var throttled = PolicyOverrides()
    throttled.maxConnectionsPerHost = 1
    throttled.maxMessagesPerConnection = 10
    throttled.maxRecipientsPerHour = 20
    var trusted = PolicyOverrides()
    trusted.maxMessagesPerConnection = 5000
    trusted.maxRecipientsPerMessage = 5000
    trusted.maxConnectionsPerHost = 600
    var relayed = PolicyOverrides()
    relayed.maxMessageSize = 100 << 20
    relayed.maxMessagesPerConnection = 10000
    relayed.maxRecipientsPerMessage = 100_000
    relayed.maxConnectionsPerHost = 1000
    return [
      MailFlowPolicy(name: "$ACCEPTED", behavior: .accept),
      MailFlowPolicy(name: "$BLOCKED", behavior: .reject),
      MailFlowPolicy(name: "$RELAYED", behavior: .relay, overrides: relayed),
      MailFlowPolicy(name: "$THROTTLED", behavior: .accept, overrides: throttled),
      MailFlowPolicy(name: "$TRUSTED", behavior: .accept, overrides: trusted),
    ]
  }
}
