import Configuration
import Testing
import TestSupport

@Suite("Entries of a listener's tables") struct EntryTests {
  @Test(
    "A sender is read in each of its forms, and kept in one",
    arguments: [
      ("10.0.0.1", "10.0.0.1"), ("10.1.1.10-20", "10.1.1.10-20"),
      ("10.0.0.1-10.0.1.0", "10.0.0.1-10.0.1.0"), ("10.1.1.0/24", "10.1.1.0/24"),
      ("0.0.0.0/0", "0.0.0.0/0"), ("10.0.0.1/32", "10.0.0.1/32"), ("10.", "10."),
      ("10.1", "10.1"), ("192.168.1.", "192.168.1."), ("10.1-5.", "10.1-5."),
      ("MX.example.com", "mx.example.com"), (".Example", ".example"),
      (".example.com", ".example.com"), ("SBRS[-3:-1]", "sbrs[-3.0:-1.0]"),
      ("sbrs[-10.0:10]", "sbrs[-10.0:10.0]"), ("sbrs[-0.5:0]", "sbrs[-0.5:0.0]"),
      ("sbrs[NONE]", "sbrs[none]"),
    ])
  func senders(_ text: String, _ pattern: String) throws {
    #expect(try Sender(reading: text).pattern == pattern)
    #expect(try Sender(reading: pattern).pattern == pattern)
  }

  @Test(
    "Anything else is no sender",
    arguments: [
      "", "1", "1-5", ".", "..", "10..1", "10.0.0.256", "10.0.0.1.", "10.0.0.1.2", "10.0.0.1/24",
      "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "10.1/16", "10.0.0.9-3", "10.0.0.2-10.0.0.1",
      "host", "ALL",
      "a b.example", "exam_ple.com", "*.example.com", "sbrs[]", "sbrs[1]", "sbrs[3:1]",
      "sbrs[-11:0]", "sbrs[0:10.1]", "sbrs[0:1.25]", "sbrs[a:b]", "fd00::1", "dnslist[x.example]",
      "mx.example.com:", "joe@example.com", "\u{1B}[2J.example.com",
    ])
  func noSenders(_ text: String) {
    let error = #expect(throws: ConfigurationError.self) { try Sender(reading: text) }
    #expect(error?.description.contains(" is no sender: ") == true)
    #expect(error?.description.contains("\u{1B}") == false)
  }

  @Test(
    "A recipient is read in each of its forms, domains in lower case",
    arguments: [
      ("Joe@Example.COM", "Joe@example.com"), ("EXAMPLE.com", "example.com"),
      (".Example.com", ".example.com"), (".com", ".com"), ("all", "ALL"),
    ])
  func recipients(_ text: String, _ pattern: String) throws {
    #expect(try RecipientRule(reading: text, isAccepted: true).pattern == pattern)
  }

  @Test(
    "Anything else is no recipient",
    arguments: [
      "", "@", "joe@", "@example.com", "a@b@example.com", "example", "joe@example", "a b@x.example",
      "a,b@x.example", "#a@x.example", "\"a\"@x.example", ".", "..com", "10.0.0.1",
      "joe@.example.com",
    ])
  func noRecipients(_ text: String) {
    #expect(throws: ConfigurationError.self) {
      try RecipientRule(reading: text, isAccepted: true)
    }
  }

  @Test(
    "A rule covers another where whoever the other means is meant by it too",
    arguments: [
      ("ALL", "example.com", true), ("example.com", "joe@example.com", true),
      ("example.com", "joe@sub.example.com", false), (".example.com", "sub.example.com", true),
      (".example.com", "joe@sub.example.com", true), (".example.com", "example.com", false),
      (".example.com", ".sub.example.com", true), ("joe@example.com", "example.com", false),
      ("joe@example.com", "joe@example.com", true), ("example.com", "ALL", false),
      ("example.com", ".example.com", false),
    ])
  func covers(_ pattern: String, _ other: String, _ isCovered: Bool) {
    let rule = RecipientRule(pattern: pattern, isAccepted: true)
    #expect(rule.covers(RecipientRule(pattern: other, isAccepted: true)) == isCovered)
  }

  @Test("A policy that sets its level leaves the default's list of addresses behind")
  func listBelongsToLevel() {
    var defaults = PolicyParameters()
    defaults.tls = .preferred
    defaults.tlsAddressList = ["a@example.com"]
    var own = PolicyOverrides()
    #expect(defaults.overridden(by: own).tlsAddressList == ["a@example.com"])
    own.tls = .preferred
    #expect(defaults.overridden(by: own).tlsAddressList == [])
    #expect(PolicyParameters().overridden(by: defaults.asOverrides) == defaults)
  }
}

@Suite("Rules of listeners and sslconfig") struct ListenerRuleTests {
  static let broken = [
    BrokenRule(
      "groups do not end with ALL",
      "The sender groups of \"IncomingMail\" do not end with one group ALL."
    ) { $0.listeners["IncomingMail"]?.hostAccess.groups.removeLast() },
    BrokenRule(
      "a group stands twice",
      "The host access table of \"IncomingMail\" has \"suspectlist\" twice."
    ) {
      $0.listeners["IncomingMail"]?.hostAccess.groups.insert(
        SenderGroup(name: "suspectlist", policy: "$ACCEPTED"), at: 4)
    },
    BrokenRule(
      "a group's name cannot stand in a table",
      "The host access table of \"IncomingMail\" has a group or a policy of an impossible name."
    ) { $0.listeners["IncomingMail"]?.hostAccess.groups[0].name = "SUS PECT\nLIST:" },
    BrokenRule(
      "a policy's name cannot stand in a table",
      "The host access table of \"IncomingMail\" has a group or a policy of an impossible name."
    ) {
      $0.listeners["IncomingMail"]?.hostAccess.policies.append(
        MailFlowPolicy(name: "$TH ROT", behavior: .reject))
    },
    BrokenRule(
      "a banner's host name would break a reply",
      "The host access table of \"IncomingMail\" has an impossible text."
    ) { $0.listeners["IncomingMail"]?.hostAccess.defaults.bannerHostName = "x y\nz" },
    BrokenRule(
      "a comment has two lines",
      "The host access table of \"IncomingMail\" has an impossible text."
    ) { $0.listeners["IncomingMail"]?.hostAccess.groups[0].comment = "a\nb" },
    BrokenRule(
      "the domain that is added is none",
      "The listener \"IncomingMail\" adds the impossible domain \"a b?c\"."
    ) { $0.listeners["IncomingMail"]?.defaultDomain = "a b\nc" },
    BrokenRule(
      "a response would break a reply",
      "The recipient example.com of \"IncomingMail\" has an impossible response."
    ) { $0.listeners["IncomingMail"]?.recipientAccess[0].response = "no\r\n250 yes" },
    BrokenRule(
      "an alert's address would break an envelope",
      "Alerts have the impossible address \"a>,<b@example.com\"."
    ) {
      $0.alerts.subscriptions = [
        .init(address: "a>,<b@example.com", classes: ["All"], severities: ["All"])
      ]
    },
    BrokenRule(
      "a policy stands twice",
      "The host access table of \"IncomingMail\" has \"$TRUSTED\" twice."
    ) {
      $0.listeners["IncomingMail"]?.hostAccess.policies.append(
        MailFlowPolicy(name: "$TRUSTED", behavior: .reject))
    },
    BrokenRule(
      "recipients do not end with ALL",
      "The recipients of \"IncomingMail\" do not end with one entry ALL."
    ) { $0.listeners["IncomingMail"]?.recipientAccess.removeLast() },
    BrokenRule(
      "a bounce profile is missing",
      "The listener \"IncomingMail\" has the bounce profile \"Gone\", which does not exist."
    ) { $0.listeners["IncomingMail"]?.bounceProfile = "Gone" },
    BrokenRule(
      "a cipher list that OpenSSL does not know",
      "OpenSSL finds no cipher for Inbound SMTP in the list \"nonsense?\"."
    ) { $0.ssl.inbound.ciphers = "nonsense\u{7}" },
  ]

  @Test("is refused with its sentence", arguments: broken)
  func isRefused(_ rule: BrokenRule) async throws {
    var configuration = try Configuration.factory(pool: try await .shared)
    try rule.change(&configuration)
    #expect(throws: ConfigurationError(rule.sentence)) { try configuration.verify() }
  }

  @Test("Senders and recipients that nothing can match are refused")
  func entries() async throws {
    let factory = try Configuration.factory(pool: try await .shared)
    var senders = factory
    senders.listeners["IncomingMail"]?.hostAccess.groups[0].senders.append(Sender("10.0.0.1/8"))
    #expect(throws: ConfigurationError.self) { try senders.verify() }
    var recipients = factory
    recipients.listeners["IncomingMail"]?.recipientAccess[0].pattern = "joe@"
    #expect(throws: ConfigurationError.self) { try recipients.verify() }
  }

  @Test("A private listener and a blackhole need no recipients")
  func otherRoles() async throws {
    var configuration = try Configuration.factory(pool: try await .shared)
    for (port, role) in [(2525, Listener.Role.private), (2526, .blackhole)] {
      configuration.listeners["\(role)"] = Listener(
        role: role, interface: "Data 1", port: port,
        hostAccess: .factory(release: .release14, role: role))
    }
    try configuration.verify()
  }
}
