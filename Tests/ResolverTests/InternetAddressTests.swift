import Resolver
import Testing

@Suite struct InternetAddressTests {
  @Test(arguments: ["0.0.0.0", "192.168.1.50", "255.255.255.255"])
  func readsAndShows(text: String) {
    #expect(InternetAddress(text)?.description == text)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.4 ", "a.b.c.d", "1..2.3",
  ])
  func refuses(text: String) {
    #expect(InternetAddress(text) == nil)
  }

  @Test(arguments: [
    ("10.0.0.1", true), ("172.16.0.1", true), ("172.31.255.255", true), ("192.168.9.9", true),
    ("172.32.0.1", false), ("11.0.0.1", false), ("192.169.0.1", false), ("127.0.0.1", false),
  ])
  func knowsPrivateNetworks(text: String, isPrivate: Bool) {
    #expect(InternetAddress(text)?.isPrivate == isPrivate)
  }

  @Test(arguments: [
    ("192.168.1.0/24", "192.168.1.255", true), ("192.168.1.77/24", "192.168.1.1", true),
    ("192.168.1.0/24", "192.168.2.0", false), ("0.0.0.0/0", "8.8.8.8", true),
    ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1/32", "10.0.0.2", false),
  ])
  func networkContains(network: String, address: String, expected: Bool) throws {
    let network = try #require(InternetNetwork(network))
    #expect(network.contains(try #require(InternetAddress(address))) == expected)
  }

  @Test(arguments: ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0/8", "10.0.0.0/8/8", "/8"])
  func refusesNetwork(text: String) {
    #expect(InternetNetwork(text) == nil)
  }
}
