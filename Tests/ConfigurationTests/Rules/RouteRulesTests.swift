import Configuration
import TestSupport
import Testing

@Suite struct RouteRulesTests {
  /// What a commit says to a factory configuration with a change; nil for nothing.
  private func verdict(_ change: (inout Configuration) -> Void) async throws -> String? {
    var configuration = try Configuration.factory(pool: try await CertificatePool.shared)
    change(&configuration)
    do throws(ConfigurationError) {
      try configuration.verify()
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("partner.example", "10.0.0.1", nil), ("ALL", "USEDNS", nil),
    ("Partner.example", "10.0.0.1", "Its name is not in small letters."),
    ("all", "10.0.0.1", "Its name is not in small letters."),
    ("partner", "10.0.0.1", "A route is for"),
    ("partner.example", "nowhere", "neither a hostname"),
  ])
  func aLoadedRouteIsLookedAt(domain: String, host: String, words: String?) async throws {
    let verdict = try await verdict {
      $0.routes[domain] = Route(hosts: [.init(host: host)])
    }
    guard let words else {
      #expect(verdict == nil)
      return
    }
    #expect(verdict?.hasPrefix("The SMTP route \"\(domain)\" is impossible. ") == true)
    #expect(verdict?.contains(words) == true)
  }

  @Test func aRouteHasAHost() async throws {
    let verdict = try await verdict { $0.routes["partner.example"] = Route(hosts: []) }
    #expect(verdict?.contains("1 to 50 hosts") == true)
  }

  @Test(arguments: [
    (["10.0.0.53", "127.0.0.1@5353", "2001:db8::53"], nil),
    (["ns.example.com"], "The name server \"ns.example.com\" is no address."),
    (["10.0.0.53@53"], "The name server \"10.0.0.53@53\" is no address."),
  ])
  func aNameServerIsAnAddress(servers: [String], expected: String?) async throws {
    #expect(try await verdict { $0.dns.servers = servers } == expected)
    #expect(
      try await verdict { $0.dns.domains = [.init(domain: "corp", servers: servers)] } == expected)
  }

  @Test func aDomainWithServersHasANameAndAServer() async throws {
    #expect(
      try await verdict { $0.dns.domains = [.init(domain: "a\"b", servers: ["10.0.0.53"])] }
        == "The domain \"a\"b\" of a name server is no name in small letters.")
    #expect(
      try await verdict { $0.dns.domains = [.init(domain: "corp", servers: [])] }
        == "The domain \"corp\" has no name server.")
  }
}
