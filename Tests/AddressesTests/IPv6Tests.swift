import Addresses
import Testing

@Suite("IPv6 addresses and networks")
struct IPv6Tests {
  @Test(
    "an address is shown in its shortest form",
    arguments: [
      ("2001:DB8:0:0:0:0:0:7", "2001:db8::7"), ("fe80::1", "fe80::1"), ("::", "::"),
      ("1.2.3.4", nil), ("2001:db8::7/64", nil), ("fe80::1%eth0", nil), ("", nil),
    ])
  func addresses(_ text: String, _ shown: String?) {
    #expect(IPv6Address(text)?.description == shown)
  }

  @Test(
    "an interface has an address of its own: not none, not the loopback's, not a group's",
    arguments: [
      ("2001:db8::1", true), ("fe80::1", true), ("::2", true), ("::", false), ("::1", false),
      ("ff02::1", false), ("100::1", true),
    ])
  func assignable(_ text: String, _ isAssignable: Bool) {
    #expect(IPv6Address(text)?.isAssignable == isAssignable)
  }

  @Test("an address has sixteen bytes", arguments: [0, 4, 15, 16, 17])
  func bytes(_ count: Int) {
    #expect((IPv6Address(bytes: [UInt8](repeating: 1, count: count)) != nil) == (count == 16))
  }

  @Test(
    "a prefix length belongs to a network",
    arguments: [
      ("2001:db8::1/64", "2001:db8::1/64"), ("2001:DB8::1/128", "2001:db8::1/128"),
      ("2001:db8::1", nil), ("2001:db8::1/0", nil), ("2001:db8::1/129", nil),
      ("2001:db8::1/064", nil), ("2001:db8::1/64/1", nil),
    ])
  func networks(_ text: String, _ shown: String?) {
    #expect(IPv6Network(text)?.description == shown)
  }
}
