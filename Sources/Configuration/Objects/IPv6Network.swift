import Glibc

/// An IPv6 address with the length of its network's prefix.
public struct IPv6Network: Hashable, Sendable, CustomStringConvertible {
  /// The address in the form of RFC 5952, such as `2001:db8::1`.
  public let address: String
  /// The prefix length, 1 to 128.
  public let prefixLength: Int

  /// Makes a network; nil for what is no address and for an impossible length.
  public init?(address text: some StringProtocol, prefixLength: Int) {
    var address = in6_addr()
    guard (1...128).contains(prefixLength), inet_pton(AF_INET6, String(text), &address) == 1
    else { return nil }
    let shown = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) {
      buffer -> String? in
      guard let start = buffer.baseAddress,
        inet_ntop(AF_INET6, &address, start, socklen_t(buffer.count)) != nil
      else { return nil }
      return String(cString: start)
    }
    guard let shown else { return nil }
    self.address = shown
    self.prefixLength = prefixLength
  }

  /// Reads `2001:db8::1/64`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = Int(parts[1]), String(length) == parts[1] else {
      return nil
    }
    self.init(address: parts[0], prefixLength: length)
  }

  /// Whether an interface can have the address: neither `::`, nor the loopback, nor multicast.
  public var isAssignable: Bool {
    address != "::" && address != "::1" && !address.hasPrefix("ff")
  }

  /// Address and length, such as `2001:db8::1/64`.
  public var description: String { "\(address)/\(prefixLength)" }
}
