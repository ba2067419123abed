import Addresses
import Configuration
import Testing

@Suite struct RouteTargetTests {
  private static let address = RouteTarget.address(IPv4Address(bits: 0x0A00_0001))

  @Test(arguments: [
    ("10.0.0.1", address), ("[10.0.0.1]", address),
    ("Mail.Example.com", .exchangers(of: "mail.example.com")),
    ("[Mail.Example.com]", .host("mail.example.com")),
    ("USEDNS", .ordinaryDNS), ("usedns", .ordinaryDNS),
    ("[USEDNS]", nil), ("[]", nil), ("", nil), ("mail", nil), ("10.0.0.256", nil),
    ("[10.0.0.1", nil), ("mail example.com", nil), ("/dev/null", nil), ("2001:db8::1", nil),
  ])
  func hostIsRead(text: String, expected: RouteTarget?) {
    #expect(RouteTarget(text) == expected)
  }
}
