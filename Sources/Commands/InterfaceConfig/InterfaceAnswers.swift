import Addresses
import Configuration
import Dialogue

/// The IPv4 address of a host.
struct HostAddress: Answer {
  let address: IPv4Address
  var shown: String { address.description }

  init(_ address: IPv4Address) { self.address = address }

  init(answer: String) throws(InvalidAnswer) {
    guard let address = IPv4Address(answer), address.isAssignable else {
      throw InvalidAnswer("The value must be an IPv4 address of a host, such as 192.168.1.2.")
    }
    self.address = address
  }
}

/// A netmask: `24`, `255.255.255.0` or `0xffffff00`.
struct Netmask: Answer {
  let prefixLength: Int

  init(prefixLength: Int) { self.prefixLength = prefixLength }

  init(answer: String) throws(InvalidAnswer) {
    guard let length = Self.length(answer), (1...32).contains(length) else {
      throw InvalidAnswer(
        "The value must be a netmask such as 24, 255.255.255.0 or 0xffffff00.")
    }
    prefixLength = length
  }

  var shown: String { "0x" + String(IPv4Network.mask(prefixLength: prefixLength).bits, radix: 16) }

  private static func length(_ text: String) -> Int? {
    if let length = Int(text), String(length) == text { return length }
    let bits =
      text.lowercased().hasPrefix("0x")
      ? UInt32(text.dropFirst(2), radix: 16) : IPv4Address(text)?.bits
    // The ones of a mask stand together at its front.
    guard let bits, bits.leadingZeroBitCount == 0 else { return nil }
    let length = (~bits).leadingZeroBitCount
    return IPv4Network.mask(prefixLength: length).bits == bits ? length : nil
  }
}

/// The IPv6 address of a host, without its prefix length.
struct IPv6HostAddress: Answer {
  let address: IPv6Address
  var shown: String { address.description }

  init(_ address: IPv6Address) { self.address = address }

  init(answer: String) throws(InvalidAnswer) {
    guard let address = IPv6Address(answer), address.isAssignable else {
      throw InvalidAnswer("The value must be an IPv6 address of a host, such as 2001:db8::2.")
    }
    self.address = address
  }
}

/// The name of an interface, or of a group of interfaces.
struct InterfaceName: Answer {
  let shown: String

  init(_ name: String) { shown = name }

  init(answer: String) throws(InvalidAnswer) {
    shown = try ObjectName(answer: answer).text
    guard shown.lowercased() != "auto", Int(shown) == nil else {
      throw InvalidAnswer("A name is neither a number nor the word Auto.")
    }
  }
}
