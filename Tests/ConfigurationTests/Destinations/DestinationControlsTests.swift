import TestSupport
import Testing

@testable import Configuration

@Suite("Which entry rules a domain")
struct DestinationControlsTests {
  private let configuration: Configuration

  init() {
    var configuration = Configuration()
    for (name, connections) in [
      ("example.com", 1), (".example.com", 2), (".b.example.com", 3), (".com", 4),
    ] {
      var entry = Destination()
      entry.maxConnections = connections
      configuration.destinations[name] = entry
    }
    self.configuration = configuration
  }

  @Test(
    "its own entry, else the nearest parent's, else the default",
    arguments: [
      ("example.com", 1), ("EXAMPLE.com", 1), ("a.example.com", 2), ("b.example.com", 2),
      ("a.b.example.com", 3), ("a.a.b.example.com", 3), ("other.com", 4), ("example.org", 500),
      ("com", 500), ("notexample.com", 4),
    ])
  func lookup(_ domain: String, _ connections: Int) {
    #expect(configuration.destinationControls(for: domain).maxConnections == connections)
  }

  @Test("a look-up tries as many names as the domain has labels, however many entries there are")
  func candidates() {
    #expect(
      Array(DestinationDomain.candidates(for: "a.B.com")) == ["a.b.com", ".b.com", ".com"])
    #expect(Array(DestinationDomain.candidates(for: ".b.com")) == [".b.com", ".com"])
    #expect(Array(DestinationDomain.candidates(for: "com")) == ["com"])
    let longest = Array(repeating: "a", count: 127).joined(separator: ".")
    #expect(Array(DestinationDomain.candidates(for: longest)).count == 127)
  }

  @Test("each value that an entry sets replaces the default's, and nothing else changes")
  func overriding() async throws {
    let fabricated = try ObjectKind.destination.fabricated(pool: try await .shared)
    let all = try #require(fabricated as? Destination)
    let steps: [(inout Destination) -> Void] = [
      { $0.maxConnections = all.maxConnections },
      { $0.maxMessagesPerConnection = all.maxMessagesPerConnection },
      { $0.recipientMinutes = all.recipientMinutes }, { $0.recipientLimit = all.recipientLimit },
      { $0.scope = all.scope }, { $0.tls = all.tls }, { $0.dane = all.dane },
      { $0.bounceVerification = all.bounceVerification },
      { $0.bounceProfile = all.bounceProfile },
      { $0.addressPreference = all.addressPreference },
    ]
    #expect(steps.count == Mirror(reflecting: all).children.count)
    let defaults = DestinationDefaults()
    for step in steps {
      var own = Destination()
      step(&own)
      let result = Destination(defaults.overridden(by: own))
      var expected = Destination(defaults)
      step(&expected)
      #expect(result == expected)
      #expect(result != Destination(defaults))
    }
  }

  @Test(
    "a name is a domain, or a parent with its dot",
    arguments: [
      ("example.com", true), (".example.com", true), (".com", true), ("a-b.example", true),
      ("1.example", true), ("com", false), ("", false), (".", false), ("a..b", false),
      ("a.b.", false), ("10.0.0.1", false), ("a_b.example", false), ("é.example", false),
      ("-a.example", false), ("ALL", false), ("a b.example", false),
    ])
  func names(_ text: String, _ isName: Bool) {
    #expect(((try? DestinationDomain(text)) != nil) == isName)
  }
}
