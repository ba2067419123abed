import Addresses
import Testing

@Suite("IPv4 addresses")
struct IPv4AddressTests {
  @Test(
    "an IPv4 address reads back as it was written",
    arguments: [
      ("0.0.0.0", 0), ("255.255.255.255", UInt32.max), ("192.168.42.42", 0xC0A8_2A2A),
      ("1.2.3.4", 0x0102_0304),
    ])
  func goodAddress(_ text: String, _ bits: UInt32) throws {
    let address = try #require(IPv4Address(text))
    #expect(address.bits == bits)
    #expect(address.description == text)
  }

  @Test("every number is an address that reads back")
  func anyAddress() {
    for bits in stride(from: UInt32.min, to: UInt32.max - 65_537, by: 65_537) {
      let address = IPv4Address(bits: bits)
      #expect(IPv4Address(address.description) == address)
    }
  }

  @Test(
    "four decimal bytes without leading zeros, signs or blanks; else it is no address",
    arguments: [
      "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "+1.2.3.4", "-1.2.3.4", "1.2.3.4 ",
      " 1.2.3.4", "1..3.4", "1.2.3.", "a.b.c.d", "0x1.2.3.4", "１.2.3.4", "1.2.3.4/24", "::1",
    ])
  func badAddress(_ text: String) {
    #expect(IPv4Address(text) == nil)
  }

  @Test("addresses order by number, not by text")
  func addressOrder() throws {
    let texts = ["9.0.0.0", "10.0.0.2", "10.0.0.10", "192.168.1.1"]
    #expect(texts.compactMap { IPv4Address($0) }.sorted().map(\.description) == texts)
  }

  @Test(
    "private networks are those of RFC 1918",
    arguments: [
      ("10.0.0.1", true), ("172.16.0.1", true), ("172.31.255.255", true), ("192.168.9.9", true),
      ("172.32.0.1", false), ("11.0.0.1", false), ("192.169.0.1", false), ("127.0.0.1", false),
    ])
  func privateNetworks(_ text: String, _ isPrivate: Bool) {
    #expect(IPv4Address(text)?.isPrivate == isPrivate)
  }
}
