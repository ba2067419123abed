import Configuration
import TestSupport
import Testing

@Suite("Who refers to an interface")
struct InterfaceReferenceTests {
  private var configuration: Configuration

  init() async throws {
    configuration = try await .factory(pool: .shared)
    configuration.delivery.interface = "Data 1"
    configuration.ldap.interface = "Data 1"
    configuration.interfaceGroups["Pool"] = InterfaceGroup(interfaces: ["Management", "Data 1"])
  }

  @Test("all are named")
  func uses() {
    #expect(
      configuration.uses(ofInterface: "Data 1")
        == ["Listener IncomingMail", "Delivery", "LDAP", "Group Pool"])
    #expect(configuration.uses(ofInterface: "Management") == ["Group Pool"])
    #expect(configuration.uses(ofInterface: "gone") == [])
  }

  @Test("a new name reaches them all, and the rules still hold")
  func rename() throws {
    var renamed = configuration
    renamed.renameInterface("Data 1", to: "Outside")
    try renamed.verify()
    #expect(renamed.uses(ofInterface: "Data 1") == [])
    #expect(
      renamed.uses(ofInterface: "Outside") == configuration.uses(ofInterface: "Data 1"))
    #expect(renamed.interfaces["Outside"] == configuration.interfaces["Data 1"])
    #expect(renamed.interfaceGroups["Pool"]?.interfaces == ["Management", "Outside"])
    var same = configuration
    same.renameInterface("gone", to: "Outside")
    #expect(same == configuration)
  }

  @Test("a name in another case is taken")
  func names() {
    #expect(!configuration.isFree(interfaceName: "data 1"))
    #expect(!configuration.isFree(interfaceName: "POOL"))
    #expect(configuration.isFree(interfaceName: "Data 3"))
  }

  static let broken = [
    BrokenRule(
      "a group's interface is missing",
      "The group \"Pool\" has the interface \"gone\", which does not exist."
    ) { $0.interfaceGroups["Pool"] = InterfaceGroup(interfaces: ["Data 1", "gone"]) },
    BrokenRule("a group is empty", "The interface group \"Pool\" has no interfaces.") {
      $0.interfaceGroups["Pool"] = InterfaceGroup(interfaces: [])
    },
    BrokenRule(
      "a group has an interface's name", "An interface and a group have the same name \"Data 1\"."
    ) { $0.interfaceGroups["Data 1"] = InterfaceGroup(interfaces: ["Data 1"]) },
    BrokenRule(
      "an IPv6 address is none", "The interface \"Data 1\" has the impossible IPv6 address \"x\"."
    ) { $0.interfaces["Data 1"]?.ipv6 = "x" },
    BrokenRule(
      "an IPv6 address is the loopback's",
      "The interface \"Data 1\" has the impossible IPv6 address \"::1/128\"."
    ) { $0.interfaces["Data 1"]?.ipv6 = "::1/128" },
    BrokenRule(
      "one IPv6 address twice, in two spellings",
      "The interfaces \"Data 1\" and \"Management\" have the same IPv6 address."
    ) {
      $0.interfaces["Data 1"]?.ipv6 = "2001:db8:0::1/64"
      $0.interfaces["Management"]?.ipv6 = "2001:DB8::1/48"
    },
    BrokenRule(
      "a destination's name is no domain",
      "The name \"Example.com\" is impossible for an object of the kind destination."
    ) { $0.destinations["Example.com"] = Destination() },
    BrokenRule(
      "a destination's limit is impossible",
      "The destination \"a.example\" has the impossible limit of 0 connections."
    ) { configuration in
      for name in ["b.example", "a.example"] {
        configuration.destinations[name] = Destination()
        configuration.destinations[name]?.maxConnections = 0
      }
    },
    BrokenRule(
      "a destination's bounce profile is missing",
      "The destination \"a.example\" uses the bounce profile \"gone\", which does not exist."
    ) {
      $0.destinations["a.example"] = Destination()
      $0.destinations["a.example"]?.bounceProfile = "gone"
    },
    BrokenRule(
      "the default destination's minutes are impossible",
      "The default destination has the impossible limit of 61 minutes."
    ) { $0.outbound.defaults.recipientMinutes = 61 },
    BrokenRule(
      "the limit of deliveries is impossible",
      "Deliveries have the impossible limit of 10001 connections."
    ) { $0.delivery.maxTLSConnections = 10_001 },
  ]

  @Test("a broken rule has its sentence", arguments: broken)
  func isRefused(_ rule: BrokenRule) throws {
    var changed = configuration
    try rule.change(&changed)
    #expect(throws: ConfigurationError(rule.sentence)) { try changed.verify() }
  }
}
