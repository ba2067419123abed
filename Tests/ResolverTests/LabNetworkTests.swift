import Addresses
import Resolver
import Testing

@Suite struct LabNetworkTests {
  private func address(_ text: String) throws -> IPv4Address {
    try #require(IPv4Address(text))
  }

  @Test(arguments: [
    ("192.168.1.1", 25, "127.168.1.1:10025"), ("192.168.42.42", 443, "127.168.42.42:10443"),
    ("10.0.0.1", 8025, "127.168.0.1:8025"), ("10.0.0.1", 1023, "127.168.0.1:11023"),
    ("10.0.0.1", 1024, "127.168.0.1:1024"), ("127.0.0.1", 25, "127.0.0.1:10025"),
  ])
  func labEndpoint(text: String, port: Int, expected: String) throws {
    let map = AddressMap.lab(LabNetwork(slot: 168))
    #expect(map.endpoint(of: try address(text), port: port).description == expected)
  }

  @Test func realEndpointStandsAsItIs() throws {
    let endpoint = AddressMap.real.endpoint(of: try address("10.0.0.1"), port: 25)
    #expect(endpoint.description == "10.0.0.1:25")
    #expect(
      AddressMap.real.address(ofPeer: try address("127.168.0.1")).description == "127.168.0.1")
  }

  @Test(arguments: [
    ("127.7.1.1", "192.168.1.1"), ("127.7.0.9", "10.0.0.9"), ("127.7.113.9", "203.0.113.9"),
    ("127.7.113.200", "10.0.113.200"), ("127.0.0.1", "127.0.0.1"), ("127.8.1.1", "127.8.1.1"),
    ("127.7.18.5", "198.51.18.5"),
  ])
  func peerStandsFor(real: String, expected: String) throws {
    let network = LabNetwork(
      slot: 7,
      known: [
        .init(try address("192.168.1.1"), source: "interface \"Data 1\""),
        .init(try address("127.0.0.1"), source: "RELAYLIST"),
      ],
      networks: [
        try #require(IPv4Network("203.0.113.0/25")),
        try #require(IPv4Network("198.51.16.0/20")),
        // Too wide to be told from the rest.
        try #require(IPv4Network("172.16.0.0/12")),
      ])
    #expect(network.address(ofPeer: try address(real)).description == expected)
    #expect(network.collisions.isEmpty)
  }

  @Test func aNamedAddressComesBeforeANetwork() throws {
    let network = LabNetwork(
      slot: 7, known: [.init(try address("198.51.100.9"), source: "the zone")],
      networks: [try #require(IPv4Network("203.0.100.0/24"))])
    #expect(network.address(ofPeer: try address("127.7.100.9")).description == "198.51.100.9")
    #expect(network.address(ofPeer: try address("127.7.100.8")).description == "203.0.100.8")
  }

  @Test func addressesThatFallTogetherAreNamed() throws {
    let network = LabNetwork(
      slot: 7,
      known: [
        .init(try address("192.168.0.1"), source: "interface \"Data 2\""),
        .init(try address("10.0.0.1"), source: "the zone"),
        .init(try address("10.0.0.1"), source: "the reputation table"),
      ])
    #expect(
      network.collisions.first
        == "10.0.0.1 (the zone) and 192.168.0.1 (interface \"Data 2\") fall together in the lab"
        + " network; change one of them.")
    #expect(network.address(ofPeer: try address("127.7.0.1")).description == "192.168.0.1")
  }

  @Test func strangerIsNamedByNothing() throws {
    let plain = LabNetwork(slot: 7)
    #expect(plain.stranger.description == "10.0.0.9")
    let crowded = LabNetwork(
      slot: 7, known: [.init(try address("10.0.0.9"), source: "a group")],
      networks: [try #require(IPv4Network("10.1.0.0/24"))])
    #expect(crowded.stranger.description == "10.0.1.9")
  }
}
