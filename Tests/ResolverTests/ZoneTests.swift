import Addresses
import Resolver
import Testing

@Suite struct ZoneTests {
  private static let text = """
    ; the outside world
    $TTL 1h
    $ORIGIN partner.example.
    @        IN SOA ns1 hostmaster (
                 2026042601 ; serial
                 3600 600   ; refresh, retry
                 1w 300 )
             IN NS  ns1
             MX 10 mx1            ; dnssec=secure
        300  MX 20 mx2.partner.example.
    ns1      A 10.0.0.53
    mx1  60  IN A 10.0.0.1        ; dnssec=secure
    mx1      IN 60 AAAA 2001:db8::1
    mx2      A 10.0.0.2
             A 10.0.0.3
    www      CNAME web
    web      CNAME mx1
    loop     CNAME loop
    *.wild   A 10.0.9.9
    text     TXT "two words" three "semi;colon" es\\;caped
    _25._tcp.mx1 TLSA 3 1 1 ( 0123456789abcdef 0123456789ABCDEF ) ; note dnssec=bogus
    $ORIGIN 0.0.10.in-addr.arpa.
    1        PTR mx1.partner.example.
    2        PTR liar.partner.example.
    2        PTR mx2.partner.example.
    3        PTR mx1.partner.example.
    """

  private func zone() throws -> Zone { try Zone(masterFile: ZoneTests.text) }
  private func name(_ text: String) throws -> DomainName { try #require(DomainName(text)) }
  private func address(_ text: String) throws -> IPv4Address {
    try #require(IPv4Address(text))
  }

  @Test func mailExchangersKeepPreferenceTTLAndSecurity() throws {
    let answer = try zone().lookUp(name("Partner.Example."), .mx)
    #expect(
      answer.records.map(\.data) == [
        .mx(preference: 10, exchanger: try name("mx1.partner.example")),
        .mx(preference: 20, exchanger: try name("mx2.partner.example")),
      ])
    #expect(answer.records.map(\.ttl) == [3600, 300])
    #expect(answer.records.map(\.security) == [.secure, .insecure])
    #expect(answer.security == .insecure)
  }

  @Test func parenthesesJoinLines() throws {
    let answer = try zone().lookUp(name("partner.example"), .soa)
    guard case .soa(let start) = try #require(answer.records.first).data else {
      Issue.record("not an SOA")
      return
    }
    #expect(start.serial == 2_026_042_601)
    #expect(start.expire == 604_800)
    #expect(start.minimum == 300)
    #expect(start.mailbox.description == "hostmaster.partner.example")
  }

  @Test func aliasesAreFollowed() throws {
    let answer = try zone().lookUp(name("www.partner.example"), .a)
    #expect(answer.records.map(\.data) == [.a(try address("10.0.0.1"))])
    #expect(answer.aliases.count == 2)
    #expect(answer.security == .insecure)
  }

  @Test func aCircleOfAliasesEnds() throws {
    #expect(try zone().lookUp(name("loop.partner.example"), .a).records.isEmpty)
  }

  @Test(arguments: [
    ("nobody.partner.example", false), ("partner.example", true), ("example", true),
    ("_tcp.mx1.partner.example", true), ("other.example", false),
    ("x.y.wild.partner.example", true),
  ])
  func existence(of text: String, expected: Bool) throws {
    #expect(try zone().lookUp(name(text), .txt).nameExists == expected)
  }

  @Test func wildcardAnswersForNamesThatDoNotExist() throws {
    #expect(try zone().addresses(of: name("any.wild.partner.example")) == [address("10.0.9.9")])
  }

  @Test func textsKeepQuotesAndEscapes() throws {
    let answer = try zone().lookUp(name("text.partner.example"), .txt)
    #expect(answer.records.map(\.data) == [.txt(["two words", "three", "semi;colon", "es;caped"])])
  }

  @Test func tlsaDigitsMayStandInSeveralWords() throws {
    let answer = try zone().lookUp(name("_25._tcp.mx1.partner.example"), .tlsa)
    let half: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF]
    #expect(
      answer.records.map(\.data)
        == [.tlsa(TLSARecord(usage: 3, selector: 1, matching: 1, data: half + half))])
    #expect(answer.security == .bogus)
  }

  @Test func ipv6AddressesAreKept() throws {
    let answer = try zone().lookUp(name("mx1.partner.example"), .aaaa)
    #expect(answer.records.map(\.data) == [.aaaa(try #require(IPv6Address("2001:db8::1")))])
    #expect(answer.records.first?.ttl == 60)
  }

  @Test(arguments: [
    ("10.0.0.1", "mx1.partner.example", true), ("10.0.0.2", "mx2.partner.example", true),
    ("10.0.0.3", "mx1.partner.example", false),
  ])
  func hostNameOf(text: String, expected: String, isConfirmed: Bool) throws {
    let host = try #require(try zone().hostName(of: address(text)))
    #expect(host.name.description == expected)
    #expect(host.isConfirmed == isConfirmed)
  }

  @Test func anAddressWithoutPointerHasNoName() throws {
    #expect(try zone().hostName(of: address("10.0.0.77")) == nil)
    #expect(Zone.empty.hostName(of: try address("10.0.0.1")) == nil)
  }

  @Test(arguments: [
    ("a A 1.2.3", 1), ("\n\nx.example. FOO bar", 3), ("  A 10.0.0.1", 1), ("a. MX ten b.", 1),
    ("a. MX 10", 1), ("a. TXT \"open", 1), ("a. SOA ( a. b. 1", 1), ("a. A 10.0.0.1 )", 1),
    ("$INCLUDE other", 1), ("a. TLSA 3 1 1 0g", 1), ("a. A 10.0.0.1 ; dnssec=maybe", 1),
    ("a..b. A 10.0.0.1", 1), ("a. IN", 1), ("a. MX 70000 b.", 1),
    // Each origin stands under the one before.
    (String(repeating: "$ORIGIN \(String(repeating: "x.", count: 40))y\n", count: 4), 4),
  ])
  func errorsNameTheLine(text: String, line: Int) {
    #expect {
      try Zone(masterFile: text)
    } throws: { ($0 as? ZoneError)?.line == line }
  }
}
