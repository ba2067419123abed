import Dialogue
import Testing

@testable import Commands

@Suite struct InterfaceAnswerTests {
  @Test(
    "A netmask is read in three forms and shown in hexadecimal",
    arguments: [
      ("24", 24, "0xffffff00"), ("255.255.255.0", 24, "0xffffff00"),
      ("0xFFFFFF00", 24, "0xffffff00"), ("0xffff0000", 16, "0xffff0000"), ("32", 32, "0xffffffff"),
      ("255.255.255.255", 32, "0xffffffff"), ("1", 1, "0x80000000"), ("128.0.0.0", 1, "0x80000000"),
    ])
  func netmasks(_ text: String, _ length: Int, _ shown: String) throws {
    let mask = try Netmask(answer: text)
    #expect(mask.prefixLength == length)
    #expect(mask.shown == shown)
  }

  @Test(
    "Anything else is no netmask",
    arguments: [
      "0", "33", "-1", "024", "255.0.255.0", "0.0.0.0", "0.255.255.255", "0xff00ff00", "0x", "0xfg",
      "0x1ffffff00", "",
    ])
  func badNetmasks(_ text: String) {
    #expect(throws: InvalidAnswer.self) { _ = try Netmask(answer: text) }
  }

  @Test(
    "An address is one host's",
    arguments: [
      ("192.168.1.2", true), ("10.0.0.0", true), ("1.2.3.4", true), ("223.255.255.254", true),
      ("0.0.0.0", false), ("0.1.2.3", false), ("127.0.0.1", false), ("224.0.0.1", false),
      ("255.255.255.255", false), ("1.2.3", false), ("01.2.3.4", false), ("host", false),
    ])
  func hosts(_ text: String, _ isHost: Bool) {
    #expect(((try? HostAddress(answer: text)) != nil) == isHost)
  }

  @Test(
    "An IPv6 address is shown in its shortest form",
    arguments: [
      ("2001:DB8:0:0:0:0:0:7", "2001:db8::7"), ("fe80::1", "fe80::1"), ("::1", nil), ("::", nil),
      ("ff02::1", nil), ("1.2.3.4", nil), ("2001:db8::7/64", nil), ("fe80::1%eth0", nil),
    ])
  func ipv6(_ text: String, _ shown: String?) {
    #expect((try? IPv6HostAddress(answer: text))?.shown == shown)
  }
}
