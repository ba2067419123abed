import Addresses
import Configuration
import Resolver
import Testing

@testable import Mail

@Suite struct MailRouterTests {
  private static let zone = """
    $ORIGIN example.
    partner MX 20 mx2.partner
    partner 300 MX 10 mx1.partner
    mx1.partner A 10.0.0.1
    mx1.partner AAAA 2001:db8::1
    mx2.partner A 10.0.0.2
    mx2.partner A 10.0.0.3
    plain A 10.0.0.4
    alias CNAME partner
    null MX 0 .
    empty TXT nothing
    six MX 10 host.six
    host.six AAAA 2001:db8::6
    gone MX 10 nobody.gone
    half MX 10 nobody.half
    half MX 20 mx1.partner
    hollow MX 10 empty
    bogus MX 10 mx1.partner ; dnssec=bogus
    forged MX 10 host.forged
    host.forged A 10.0.0.66 ; dnssec=bogus
    self MX 10 mail
    mail A 192.168.1.1
    backup MX 10 mx1.partner
    backup MX 20 mail
    backup MX 20 mx2.partner
    backup MX 30 plain
    twins MX 10 mx1.partner
    twins MX 10 mx2.partner
    twins MX 20 plain
    me A 192.168.1.1
    """

  @Test(arguments: [
    (
      "partner.example",
      ["10 mx1.partner.example 10.0.0.1:25", "20 mx2.partner.example 10.0.0.2,10.0.0.3:25"]
    ),
    (
      "alias.example",
      ["10 mx1.partner.example 10.0.0.1:25", "20 mx2.partner.example 10.0.0.2,10.0.0.3:25"]
    ),
    ("plain.example", ["0 plain.example 10.0.0.4:25"]),
    ("[10.7.7.7]", ["0 10.7.7.7:25"]),
    ("half.example", ["10 nobody.half.example :25", "20 mx1.partner.example 10.0.0.1:25"]),
    ("backup.example", ["10 mx1.partner.example 10.0.0.1:25"]),
  ])
  func hostsComeInOrderOfPreference(domain: String, expected: [String]) async throws {
    let world = try RoutingWorld(zone: MailRouterTests.zone)
    #expect(try await world.hosts(of: domain) == expected)
  }

  @Test(arguments: [
    ("partner.example", MailRoute.Source.mx), ("plain.example", .address),
    ("[10.7.7.7]", .address),
  ])
  func theSourceIsTold(domain: String, expected: MailRoute.Source) async throws {
    let world = try RoutingWorld(zone: MailRouterTests.zone)
    #expect(try await world.route(to: domain).source == expected)
  }

  @Test func hostsKeepTheirTimeAndIPv6Addresses() async throws {
    let route = try await RoutingWorld(zone: MailRouterTests.zone).route(to: "partner.example")
    #expect(route.hosts.map(\.ttl) == [300, 3600])
    #expect(route.hosts.map { $0.ipv6Addresses.map(\.description) } == [["2001:db8::1"], []])
  }

  @Test(arguments: [
    (
      "nobody.example", true, "5.1.2 - Bad destination host",
      "DNS Hard Error looking up nobody.example (MX):  NXDomain"
    ),
    (
      "gone.example", true, "5.1.2 - Bad destination host",
      "DNS Hard Error looking up nobody.gone.example (A):  NXDomain"
    ),
    (
      "hollow.example", true, "5.1.2 - Bad destination host",
      "DNS Hard Error looking up empty.example (A):  NoData"
    ),
    (
      "empty.example", true, "5.1.2 - Bad destination host",
      "DNS Hard Error looking up empty.example (A):  NoData"
    ),
    (
      "null.example", true, "5.1.10 - Recipient address has null MX",
      "The domain null.example accepts no mail (null MX)"
    ),
    (
      "self.example", true, "5.4.6 - Routing loop detected",
      "The mail exchanger of self.example is this appliance itself"
    ),
    (
      "me.example", true, "5.4.6 - Routing loop detected",
      "The mail exchanger of me.example is this appliance itself"
    ),
    (
      "bogus.example", false, "4.4.3 - Temporary DNS failure",
      "DNS Soft Error looking up bogus.example (MX):  The answer is not what its owner signed (bogus)."
    ),
    (
      "forged.example", false, "4.4.3 - Temporary DNS failure",
      "DNS Soft Error looking up host.forged.example (A):  The answer is not what its owner signed (bogus)."
    ),
    (
      "six.example", false, "4.4.1 - No answer from host",
      "host.six.example has IPv6 addresses only, which are not dialled"
    ),
    (
      "a..b", true, "5.1.2 - Bad destination host", "\"a..b\" is not a domain name."
    ),
  ])
  func failureIsTold(domain: String, isPermanent: Bool, status: String, text: String)
    async throws
  {
    let world = try RoutingWorld(zone: MailRouterTests.zone)
    let failure = await world.failure(of: domain)
    #expect(
      failure == RoutingFailure(isPermanent: isPermanent, status: status, text: text))
  }

  @Test(arguments: [
    ("partner.example MX", "DNS Soft Error looking up partner.example (MX):  Nobody answers."),
    ("plain.example A", "DNS Soft Error looking up plain.example (A):  Nobody answers."),
  ])
  func aSilentServerIsATemporaryFailure(question: String, text: String) async throws {
    let world = try RoutingWorld(zone: MailRouterTests.zone, silent: [question])
    let failure = await world.failure(of: String(question.prefix { $0 != " " }))
    #expect(failure?.isPermanent == false)
    #expect(failure?.text == text)
  }

  @Test func aHostWithoutAnAnswerLeavesTheOthers() async throws {
    let world = try RoutingWorld(
      zone: MailRouterTests.zone, silent: ["mx1.partner.example A", "mx2.partner.example AAAA"])
    let route = try await world.route(to: "partner.example")
    #expect(route.hosts.map(\.addresses.count) == [0, 2])
    #expect(route.hosts.map { $0.obstacle?.isPermanent } == [false, nil])
  }

  @Test func hostsOfEqualPreferenceTakeTurns() async throws {
    let world = try RoutingWorld(zone: MailRouterTests.zone)
    var first: Set<DomainName?> = []
    // That chance leaves one out is as likely as to guess a key of 63 bits.
    for _ in 1...64 {
      let route = try await world.route(to: "twins.example")
      first.insert(route.hosts.first?.name)
      #expect(route.hosts.map(\.preference) == [10, 10, 20])
    }
    #expect(first.count == 2)
  }

  @Test(arguments: [
    (AddressPreference.preferIPv6, true), (.preferIPv4, true), (.requireIPv4, true),
    (.requireIPv6, false),
  ])
  func onlyRequiredIPv6KeepsMailBack(preference: AddressPreference, isFound: Bool) async throws {
    let world = try RoutingWorld(zone: MailRouterTests.zone)
    for domain in ["partner.example", "[10.7.7.7]"] {
      let failure = await world.failure(of: domain, preferring: preference)
      #expect((failure == nil) == isFound, "\(domain)")
      if !isFound { #expect(failure?.isPermanent == false) }
    }
  }

  @Test func theFactorysOwnDomainGoesToTheInsideStore() async throws {
    let world = try RoutingWorld(
      zone: "example.com. MX 10 mail.example.com.\nmail.example.com. A 192.168.1.1",
      routes: ["example.com": ["192.168.1.50"]])
    #expect(try await world.hosts(of: "example.com") == ["0 192.168.1.50:25"])
    #expect(await world.failure(of: "sub.example.com")?.isPermanent == true)
  }

  @Test func manyExchangersAreCut() async throws {
    let records = (1...80).map { "big.example. MX \($0) mx.big.example." }
    let world = try RoutingWorld(
      zone: (records + ["mx.big.example. A 10.0.0.1"]).joined(separator: "\n"))
    #expect(try await world.route(to: "big.example").hosts.count == HostFinder.limit)
  }

  @Test func manyAddressesAreCut() async throws {
    let records = (1...80).map { "big.example. A 10.0.1.\($0)" }
    let world = try RoutingWorld(zone: records.joined(separator: "\n"))
    #expect(try await world.route(to: "big.example").hosts.map(\.addresses.count) == [50])
  }
}
