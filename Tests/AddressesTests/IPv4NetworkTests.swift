import Addresses
import Testing

@Suite("IPv4 networks")
struct IPv4NetworkTests {
  @Test(
    "a network holds the addresses with its prefix",
    arguments: [
      ("192.168.1.0/24", "192.168.1.255", true), ("192.168.1.77/24", "192.168.1.1", true),
      ("192.168.1.0/24", "192.168.2.0", false), ("0.0.0.0/0", "8.8.8.8", true),
      ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1/32", "10.0.0.2", false),
    ])
  func contains(_ network: String, _ address: String, _ expected: Bool) throws {
    let network = try #require(IPv4Network(network))
    #expect(network.contains(try #require(IPv4Address(address))) == expected)
  }

  @Test(
    "a length is 0 to 32, without leading zeros; else it is no network",
    arguments: [
      "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0/8", "10.0.0.0/8/8", "/8", "10.0.0.0/",
    ])
  func refused(_ text: String) {
    #expect(IPv4Network(text) == nil)
  }

  @Test(
    "a range is a network when it is all of one",
    arguments: [
      ("10.0.0.0", "10.0.0.255", "10.0.0.0/24"), ("0.0.0.0", "255.255.255.255", "0.0.0.0/0"),
      ("10.0.0.7", "10.0.0.7", "10.0.0.7/32"), ("10.0.0.1", "10.0.0.255", nil),
      ("10.0.0.0", "10.0.0.254", nil), ("10.0.0.128", "10.0.1.127", nil),
    ])
  func ranges(_ low: String, _ high: String, _ network: String?) throws {
    let range = try #require(IPv4Address(low))...(try #require(IPv4Address(high)))
    #expect(IPv4Network(range)?.description == network)
    if let network { #expect(IPv4Network(network)?.addresses == range) }
  }

  @Test(
    "neither the first nor the last address is a host's, but for a prefix of 31 or 32",
    arguments: [
      ("10.0.0.0/24", "10.0.0.0", false), ("10.0.0.0/24", "10.0.0.255", false),
      ("10.0.0.0/24", "10.0.0.1", true), ("10.0.0.0/24", "10.0.1.1", false),
      ("10.0.0.128/25", "10.0.0.128", false), ("10.0.0.0/25", "10.0.0.127", false),
      ("10.0.0.0/31", "10.0.0.0", true), ("10.0.0.0/31", "10.0.0.2", false),
      ("10.0.0.1/32", "10.0.0.1", true), ("10.0.0.0/16", "10.0.1.0", true),
    ])
  func hosts(_ network: String, _ address: String, _ isHost: Bool) throws {
    let network = try #require(IPv4Network(network))
    #expect(network.isHost(try #require(IPv4Address(address))) == isHost)
  }
}
