import Addresses
import Resolver
import TestSupport
import Testing

@Suite struct UnboundTests {
  /// Signed once for all: nobody changes them.
  private static let zones = Result { try SignedZones() }

  private func name(_ text: String) throws -> DomainName { try #require(DomainName(text)) }

  private func answer(_ text: String, _ type: RecordType) async throws -> DNSAnswer {
    let zones = try UnboundTests.zones.get()
    return try await Unbound(zones.settings).answer(name(text), type)
  }

  @Test(arguments: [
    ("signed.example", RecordType.mx, RecordSecurity.secure),
    ("nobody.signed.example", .a, .secure),
    ("mx2.signed.example", .txt, .secure),
    ("www.signed.example", .a, .secure),
    ("outside.signed.example", .a, .insecure),
    ("outside.signed.example", .cname, .secure),
    ("unsigned.signed.example", .mx, .insecure),
    ("plain.example", .mx, .insecure),
    ("nobody.plain.example", .a, .insecure),
    ("mx.tampered.example", .a, .bogus),
    ("tampered.example", .mx, .secure),
    ("expired.example", .mx, .bogus),
    ("nobody.expired.example", .a, .bogus),
  ])
  func signaturesDecideTheSecurity(of text: String, type: RecordType, expected: RecordSecurity)
    async throws
  {
    let answer = try await answer(text, type)
    #expect(answer.security == expected)
    if expected == .bogus { #expect(answer.records.isEmpty) }
  }

  @Test func recordsHaveOwnerTimeAndData() async throws {
    let answer = try await answer("signed.example", .mx)
    #expect(
      Set(answer.records.map(\.data)) == [
        .mx(preference: 10, exchanger: try name("mx1.signed.example")),
        .mx(preference: 20, exchanger: try name("mx2.signed.example")),
      ])
    #expect(answer.records.allSatisfy { $0.owner.description == "signed.example" })
    #expect(answer.records.allSatisfy { (1...3600).contains($0.ttl) })
  }

  @Test func allTypesAreRead() async throws {
    let zones = try UnboundTests.zones.get()
    let resolver = Unbound(zones.settings)
    func data(_ text: String, _ type: RecordType) async throws -> Set<RecordData> {
      Set(try await resolver.answer(name(text), type).records.map(\.data))
    }
    let half: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF]
    let key = TLSARecord(usage: 3, selector: 1, matching: 1, data: half + half + half + half)
    let first = try #require(IPv4Address("10.0.0.2"))
    let second = try #require(IPv4Address("10.0.0.3"))
    let six = try #require(IPv6Address("2001:db8::1"))
    let mx1 = try name("mx1.signed.example")
    let start = StartOfAuthority(
      server: try name("ns.signed.example"), mailbox: try name("hostmaster.signed.example"),
      serial: 7, refresh: 3600, retry: 600, expire: 604_800, minimum: 300)
    #expect(try await data("mx2.signed.example", .a) == [.a(first), .a(second)])
    #expect(try await data("mx1.signed.example", .aaaa) == [.aaaa(six)])
    #expect(try await data("www.signed.example", .cname) == [.cname(mx1)])
    #expect(try await data("signed.example", .ns) == [.ns(try name("ns.signed.example"))])
    #expect(try await data("1.reverse.signed.example", .ptr) == [.ptr(mx1)])
    #expect(try await data("signed.example", .soa) == [.soa(start)])
    #expect(try await data("text.signed.example", .txt) == [.txt(["two words", "three"])])
    #expect(try await data("_25._tcp.mx1.signed.example", .tlsa) == [.tlsa(key)])
  }

  @Test func anAliasTellsWhereItLed() async throws {
    let answer = try await answer("www.signed.example", .a)
    let mx1 = try name("mx1.signed.example")
    #expect(answer.aliases.map(\.data) == [.cname(mx1)])
    #expect(answer.records.map(\.owner) == [mx1])
  }

  @Test(arguments: [
    ("nobody.signed.example", false), ("mx2.signed.example", true),
    ("nobody.plain.example", false), ("zero\0byte.plain.example", false),
  ])
  func existence(of text: String, expected: Bool) async throws {
    let answer = try await answer(text, .txt)
    #expect(answer.records.isEmpty)
    #expect(answer.nameExists == expected)
  }

  @Test func anotherSettingIsAnotherAnswer() async throws {
    let zones = try UnboundTests.zones.get()
    let resolver = Unbound(zones.settings)
    #expect(try await resolver.answer(name("signed.example"), .mx).security == .secure)
    var unanchored = zones.settings
    unanchored.trustAnchors = []
    resolver.apply(unanchored)
    #expect(try await resolver.answer(name("signed.example"), .mx).security == .insecure)
  }

  @Test func aNameCannotEndItsQuotesInTheSettings() async throws {
    var settings = try UnboundTests.zones.get().settings
    let server = try #require(NameServer("127.0.0.1@9"))
    let hostile = try name("a\"\nforward-zone:\n  name: \"signed")
    settings.domains = [.init(domain: hostile, servers: [server])]
    #expect(try await Unbound(settings).answer(name("signed.example"), .mx).security == .secure)
    settings.zoneFiles[0].path = "/a\"b"
    await #expect(throws: LookupFailure.self) {
      try await Unbound(settings).answer(name("signed.example"), .mx)
    }
  }

  @Test(arguments: [". IN DS", "nonsense"])
  func anAnchorThatCannotBeReadIsAFailure(anchor: String) async throws {
    var settings = NameServerSettings()
    settings.trustAnchors = [anchor]
    await #expect(throws: LookupFailure.self) {
      try await Unbound(settings).answer(name("signed.example"), .mx)
    }
  }

  @Test func manyQuestionsAtATimeAreAllAnswered() async throws {
    let zones = try UnboundTests.zones.get()
    let resolver = Unbound(zones.settings)
    let domains = try (0..<200).map { try name("n\($0).signed.example") }
    let denied = try await withThrowingTaskGroup(of: Bool.self) { group in
      for domain in domains {
        group.addTask { try await !resolver.answer(domain, .a).nameExists }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(denied == domains.count)
  }
}
