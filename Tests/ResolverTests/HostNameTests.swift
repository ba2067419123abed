import Addresses
import Resolver
import Testing

@Suite struct HostNameTests {
  private static let zone = """
    $ORIGIN partner.example.
    mx1 A 10.0.0.1
    mx2 A 10.0.0.2
    liar A 10.0.0.9
    forged A 10.0.0.4 ; dnssec=bogus
    $ORIGIN 0.0.10.in-addr.arpa.
    1 PTR mx1.partner.example.
    2 PTR liar.partner.example.
    2 PTR mx2.partner.example.
    3 PTR mx1.partner.example.
    4 PTR forged.partner.example.
    5 PTR mx1.partner.example. ; dnssec=bogus
    """

  @Test(arguments: [
    ("10.0.0.1", "mx1.partner.example", true), ("10.0.0.2", "mx2.partner.example", true),
    ("10.0.0.3", "mx1.partner.example", false), ("10.0.0.4", "forged.partner.example", false),
    ("10.0.0.5", nil, false), ("10.0.0.77", nil, false),
  ])
  func theZoneAndAnyServiceAgree(text: String, name: String?, isConfirmed: Bool) async throws {
    let zone = try Zone(masterFile: HostNameTests.zone)
    let address = try #require(IPv4Address(text))
    let service: any NameService = zone
    let asked = await service.hostName(of: address)
    // Without `await` it is the zone's own.
    let found = { zone.hostName(of: address) }()
    #expect(asked?.name.description == name)
    #expect(asked?.isConfirmed ?? false == isConfirmed)
    #expect(found?.name == asked?.name)
    #expect(found?.isConfirmed == asked?.isConfirmed)
  }

  @Test func aServiceThatFailsKnowsNoName() async throws {
    let address = try #require(IPv4Address("10.0.0.1"))
    #expect(await Silent().hostName(of: address) == nil)
  }
}

private struct Silent: NameService {
  func answer(_ name: DomainName, _ type: RecordType) async throws(LookupFailure) -> DNSAnswer {
    throw LookupFailure("Nobody answers.")
  }
}
