import Addresses
import Configuration
import Mail
import Resolver
import TestSupport
import Testing

@Suite struct MailNetworkTests {
  @Test(arguments: [
    ("127.9.1.1", "192.168.1.1"), ("127.9.42.42", "192.168.42.42"), ("127.9.5.5", "198.51.5.5"),
    ("127.9.113.77", "203.0.113.77"), ("127.9.8.20", "172.20.8.20"), ("127.9.77.1", "198.18.77.1"),
    ("127.9.66.66", "192.0.66.66"), ("127.9.1.50", "192.168.1.50"), ("127.9.0.9", "10.0.0.9"),
    ("127.0.0.1", "127.0.0.1"),
  ])
  func everyAddressThatSomethingNamesIsKnown(real: String, expected: String) async throws {
    var configuration = try await Configuration.factory(pool: CertificatePool.shared)
    configuration.listeners["IncomingMail"]?.hostAccess.groups.insert(
      SenderGroup(
        name: "NAMED", policy: "$ACCEPTED",
        senders: ["198.51.5.5", "203.0.113.0/24", "172.20.8."].map { Sender($0) }), at: 0)
    let network = MailNetwork(
      slot: 9, configuration: configuration,
      zone: try Zone(masterFile: "host.example. A 198.18.77.1"),
      reputation: try ReputationTable("192.0.66.66 1"))
    let address = try #require(IPv4Address(real))
    #expect(network.map.address(ofPeer: address).description == expected)
    #expect(network.collisions.isEmpty)
  }

  @Test func namesSayWhereACollisionComesFrom() async throws {
    var configuration = try await Configuration.factory(pool: CertificatePool.shared)
    configuration.listeners["IncomingMail"]?.hostAccess.groups.insert(
      SenderGroup(name: "PARTNER", policy: "$ACCEPTED", senders: [Sender("172.16.1.1")]), at: 0)
    let network = MailNetwork(
      slot: 9, configuration: configuration, zone: .empty, reputation: .empty)
    #expect(
      network.collisions == [
        "172.16.1.1 (PARTNER of \"IncomingMail\") and 192.168.1.1 (interface \"Data 1\") fall"
          + " together in the lab network; change one of them."
      ])
  }
}
