import Configuration
import Testing
import TestSupport

@Suite("Mail flow policies and TLS levels")
struct PolicyTests {
  @Test("a policy without values of its own is the default, value for value")
  func inheritsEverything() throws {
    var defaults = PolicyParameters()
    defaults.tls = .required
    defaults.maxMessageSize = 1
    defaults.tlsAddressList = ["a@example.com"]
    #expect(defaults.overridden(by: PolicyOverrides()) == defaults)
  }

  @Test("each value that a policy sets replaces the default's, and nothing else changes")
  func ownValues() async throws {
    // One override at a time, from values that differ from the defaults in every property.
    let pool = try await CertificatePool.shared
    let listener = try #require(ObjectKind.listener.fabricated(pool: pool) as? Listener)
    let all = try #require(listener.hostAccess.policies.first).overrides
    let defaults = PolicyParameters()
    let steps: [(inout PolicyOverrides) -> Void] = [
      { $0.maxMessageSize = all.maxMessageSize },
      { $0.maxConnectionsPerHost = all.maxConnectionsPerHost },
      { $0.maxMessagesPerConnection = all.maxMessagesPerConnection },
      { $0.maxRecipientsPerMessage = all.maxRecipientsPerMessage },
      { $0.bannerHostName = all.bannerHostName },
      { $0.acceptBanner = all.acceptBanner },
      { $0.rejectBanner = all.rejectBanner },
      { $0.maxRecipientsPerHour = all.maxRecipientsPerHour },
      { $0.tls = all.tls },
      { $0.tlsAddressList = all.tlsAddressList },
    ]
    #expect(steps.count == Mirror(reflecting: all).children.count)
    for step in steps {
      var own = PolicyOverrides()
      step(&own)
      let set = Mirror(reflecting: own).children.filter { isSet($0.value) }
      #expect(set.count == 1)
      let changed = zip(
        Mirror(reflecting: defaults.overridden(by: own)).children,
        Mirror(reflecting: defaults).children
      ).filter { "\($0.value)" != "\($1.value)" }
      #expect(changed.map { $0.0.label } == set.map(\.label))
    }
  }

  @Test("an empty list and an empty text are values, not inheritance")
  func emptyIsExplicit() {
    var defaults = PolicyParameters()
    defaults.tlsAddressList = ["a@example.com"]
    defaults.acceptBanner = "hello"
    var own = PolicyOverrides()
    own.tlsAddressList = []
    own.acceptBanner = ""
    let result = defaults.overridden(by: own)
    #expect(result.tlsAddressList == [])
    #expect(result.acceptBanner == "")
  }

  @Test("changing the default's TLS changes every factory policy", arguments: Release.all)
  func factoryInheritsTLS(_ release: Release) throws {
    var table = HostAccessTable.factory(release: release)
    #expect(table.policies.allSatisfy { $0.overrides.tls == nil })
    #expect(table.policies.allSatisfy { table.parameters(of: $0.name)?.tls == .off })
    table.defaults.tls = .required
    #expect(table.policies.allSatisfy { table.parameters(of: $0.name)?.tls == .required })
    table.policies[0].overrides.tls = .off
    #expect(table.parameters(of: table.policies[0].name)?.tls == .off)
    #expect(table.parameters(of: "$NOBODY") == nil)
  }

  @Test("the factory's groups stand in order, with the names of the release")
  func factoryGroups() {
    let names = { (release: Release) in
      HostAccessTable.factory(release: release).groups.map(\.name)
    }
    #expect(
      names(.release11) == [
        "RELAYLIST", "WHITELIST", "BLACKLIST", "SUSPECTLIST", "UNKNOWNLIST", "ALL",
      ]
    )
    for release in [Release.release14, .release16] {
      #expect(
        names(release) == [
          "RELAYLIST", "ALLOWED_LIST", "BLOCKED_LIST", "SUSPECTLIST", "UNKNOWNLIST", "ALL",
        ])
    }
  }

  @Test("inbound levels are two facts", arguments: InboundTLS.allCases)
  func inboundFacts(_ level: InboundTLS) {
    #expect(level.offersEncryption == (level != .off))
    #expect(level.requiresEncryption == [.required, .requiredVerify].contains(level))
    #expect(level.verifiesPeer == [.preferredVerify, .requiredVerify].contains(level))
  }

  @Test("outbound levels are two facts", arguments: OutboundTLS.allCases)
  func outboundFacts(_ level: OutboundTLS) {
    #expect(
      level.requiresEncryption
        == [.required, .requiredVerify, .requiredVerifyHosted].contains(level)
    )
    #expect(
      level.verifiesPeer
        == [.preferredVerify, .requiredVerify, .requiredVerifyHosted].contains(level)
    )
  }

  private func isSet(_ value: Any) -> Bool { !Mirror(reflecting: value).children.isEmpty }
}
