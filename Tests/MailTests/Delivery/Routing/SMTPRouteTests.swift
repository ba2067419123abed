import Addresses
import Testing

@testable import Mail

@Suite struct SMTPRouteTests {
  private static let zone = """
    $ORIGIN example.
    inside MX 5 mx.inside
    mx.inside A 10.0.3.1
    inside A 10.0.3.9
    host A 10.0.3.2
    partner MX 10 mx1.partner
    mx1.partner A 10.0.0.1
    """

  private static let routes = [
    "exact.example": ["10.1.0.1"],
    ".example": ["10.1.0.2"],
    ".deep.example": ["10.1.0.3:2525"],
    "ALL": ["10.1.0.4"],
  ]

  @Test(arguments: [
    ("exact.example", "0 10.1.0.1:25"), ("EXACT.Example", "0 10.1.0.1:25"),
    ("sub.exact.example", "0 10.1.0.2:25"), ("deep.example", "0 10.1.0.2:25"),
    ("a.deep.example", "0 10.1.0.3:2525"), ("a.b.deep.example", "0 10.1.0.3:2525"),
    ("example", "0 10.1.0.4:25"), ("other.test", "0 10.1.0.4:25"),
    ("[10.9.9.9]", "0 10.1.0.4:25"),
  ])
  func theNearestRouteMatches(domain: String, expected: String) async throws {
    let world = try RoutingWorld(routes: SMTPRouteTests.routes)
    #expect(try await world.hosts(of: domain) == [expected])
    #expect(try await world.route(to: domain).source == .smtpRoute)
  }

  @Test(arguments: [
    (["10.1.0.1"], ["0 10.1.0.1:25"]),
    (["[10.1.0.1]"], ["0 10.1.0.1:25"]),
    (["host.example:26"], ["0 host.example 10.0.3.2:26"]),
    (["inside.example"], ["5 mx.inside.example 10.0.3.1:25"]),
    (["[inside.example]"], ["0 inside.example 10.0.3.9:25"]),
    (["10.1.0.1/20", "10.1.0.2/10"], ["10 10.1.0.2:25", "20 10.1.0.1:25"]),
    (["nobody.example", "10.1.0.1"], ["0 10.1.0.1:25"]),
    (["USEDNS"], ["10 mx1.partner.example 10.0.0.1:25"]),
    (["192.168.1.1"], ["0 192.168.1.1:25"]),
  ])
  func hostsAreMeantAsTheyAreWritten(hosts: [String], expected: [String]) async throws {
    let world = try RoutingWorld(
      zone: SMTPRouteTests.zone, routes: ["partner.example": hosts])
    #expect(try await world.hosts(of: "partner.example") == expected)
  }

  @Test func ordinaryDNSIsNoRoute() async throws {
    let world = try RoutingWorld(
      zone: SMTPRouteTests.zone, routes: ["partner.example": ["USEDNS"], "ALL": ["10.1.0.4"]])
    #expect(try await world.route(to: "partner.example").source == .mx)
  }

  @Test func hostsOfEqualPriorityTakeTurns() async throws {
    let hosts = ["10.1.0.1", "10.1.0.2", "10.1.0.3/5"]
    let world = try RoutingWorld(routes: ["partner.example": hosts])
    var first: Set<IPv4Address> = []
    // That chance leaves one out is as likely as to guess a key of 63 bits.
    for _ in 1...64 {
      let route = try await world.route(to: "partner.example")
      first.formUnion(try #require(route.hosts.first).addresses)
      #expect(route.hosts.last?.preference == 5)
    }
    #expect(first.map(\.description).sorted() == ["10.1.0.1", "10.1.0.2"])
  }

  @Test(arguments: [
    (["nobody.example"], "", true), (["host.example"], "host.example MX", false),
    (["nobody.example", "host.example"], "host.example MX", false),
    (["host.example", "[nobody.example]"], "host.example MX", false),
  ])
  func hostsThatCannotBeFoundAreAFailure(
    hosts: [String], silent: String, isPermanent: Bool
  ) async throws {
    let world = try RoutingWorld(
      zone: SMTPRouteTests.zone, silent: [silent], routes: ["partner.example": hosts])
    let failure = await world.failure(of: "partner.example")
    #expect(failure?.isPermanent == isPermanent)
  }
}
