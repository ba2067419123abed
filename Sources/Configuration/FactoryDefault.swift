extension Configuration {
  /// The configuration of a fresh appliance.
  ///
  /// - Parameters:
  ///   - release: decides group names and TLS methods.
  ///   - demo: the demonstration certificate, made once with the appliance (G8).
  public static func factory(release: Release, demo: CertificateProfile) -> Configuration {
    var configuration = Configuration()
    for kind in ObjectKind.allCases {
      if let type = kind.type as? any SingletonValue.Type {
        configuration[ObjectKey(kind: kind)] = type.init()
      }
    }
    let hostName = configuration.system.hostName
    configuration.certificates[CertificateProfile.demoName] = demo
    configuration.interfaces["Management"] = Interface(
      address: IPv4Address(bits: 0xC0A8_2A2A), ethernet: "Management", hostName: hostName,
      ssh: 22, https: 443)
    configuration.interfaces["Data 1"] = Interface(
      address: IPv4Address(bits: 0xC0A8_0101), ethernet: "Data 1", hostName: hostName)
    configuration.listeners["IncomingMail"] = Listener(
      role: .public, interface: "Data 1", hostAccess: .factory(release: release),
      recipientAccess: [
        RecipientRule(pattern: "example.com", isAccepted: true),
        RecipientRule(pattern: ".example.com", isAccepted: true),
        RecipientRule(pattern: "ALL", isAccepted: false),
      ])
    configuration.routes["example.com"] = Route(hosts: [.init(host: "192.168.1.50")])
    configuration.users["admin"] = User(fullName: "Administrator", role: .administrator)
    var service = SSLService()
    service.minimum = release.factoryMinimumTLS
    service.maximum = release.factoryMaximumTLS
    configuration.ssl.gui = service
    configuration.ssl.inbound = service
    configuration.ssl.outbound = service
    return configuration
  }
}

extension HostAccessTable {
  /// The table of a fresh public listener: TLS is left to the default everywhere.
  public static func factory(release: Release) -> HostAccessTable {
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
    return HostAccessTable(
      groups: [
        SenderGroup(
          name: "RELAYLIST", policy: "$RELAYED",
          comment: "Only these systems can send mail outward", senders: [Sender("127.0.0.1")]),
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
        SenderGroup(name: SenderGroup.allName, policy: "$ACCEPTED"),
      ],
      policies: [
        MailFlowPolicy(name: "$ACCEPTED", behavior: .accept),
        MailFlowPolicy(name: "$BLOCKED", behavior: .reject),
        MailFlowPolicy(name: "$RELAYED", behavior: .relay, overrides: relayed),
        MailFlowPolicy(name: "$THROTTLED", behavior: .accept, overrides: throttled),
        MailFlowPolicy(name: "$TRUSTED", behavior: .accept, overrides: trusted),
      ],
      defaults: PolicyParameters())
  }
}
