import Configuration
import PKI
import TestSupport
import Testing

@Suite("Limits that no dialogue would take")
struct LimitRuleTests {
  static let broken = [
    BrokenRule(
      "a listener", "The listener \"IncomingMail\" has the impossible limit of -1 connections."
    ) { $0.listeners["IncomingMail"]?.maxConnections = -1 },
    BrokenRule(
      "an accept queue",
      "The listener \"IncomingMail\" has the impossible limit of 0 queued connections."
    ) { $0.listeners["IncomingMail"]?.tcpQueue = 0 },
    BrokenRule(
      "the defaults of policies",
      "The listener \"IncomingMail\", in its defaults, has the impossible limit of 0 bytes."
    ) { $0.listeners["IncomingMail"]?.hostAccess.defaults.maxMessageSize = 0 },
    BrokenRule(
      "a policy",
      "The listener \"IncomingMail\", in the policy $RELAYED, has the impossible limit of 65536 messages in a connection."
    ) { configuration in
      let index = try #require(
        configuration.listeners["IncomingMail"]?.hostAccess.policies.firstIndex {
          $0.name == "$RELAYED"
        })
      configuration.listeners["IncomingMail"]?.hostAccess.policies[index]
        .overrides.maxMessagesPerConnection = 65_536
    },
    BrokenRule(
      "all listeners", "The listeners' service has the impossible limit of 0 connections."
    ) { $0.injection.maxTLSConnections = 0 },
    BrokenRule(
      "silent clients", "The listeners' service has the impossible limit of 86401 seconds."
    ) { $0.injection.idleTime = 86_401 },
    BrokenRule("alerts", "alertconfig has the impossible limit of -300 seconds between alerts.") {
      $0.alerts.maximumHoldBack = -300
    },
    BrokenRule("logins", "userconfig has the impossible limit of 0 failed logins.") {
      $0.accountPolicy.failuresBeforeLock = 0
    },
    BrokenRule(
      "passphrases that nobody may have",
      "userconfig has the impossible limit of 129 characters."
    ) { $0.accountPolicy.minimumLength = 129 },
  ]

  @Test("are refused by their sentence", arguments: broken)
  func refused(_ rule: BrokenRule) async throws {
    var configuration = try Configuration.factory(pool: await .shared)
    try rule.change(&configuration)
    #expect(throws: ConfigurationError(rule.sentence)) { try configuration.verify() }
  }
}
