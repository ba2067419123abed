/// An IPv6 address with the length of its network's prefix (RFC 4291, section 2.3).
public struct IPv6Network: Hashable, Sendable, CustomStringConvertible {
  /// The address, its host's part included.
  public let address: IPv6Address
  /// The prefix length, 1 to 128.
  public let prefixLength: Int

  /// Makes a network; nil for an impossible length.
  public init?(address: IPv6Address, prefixLength: Int) {
    guard (1...128).contains(prefixLength) else { return nil }
    self.address = address
    self.prefixLength = prefixLength
  }

  /// Reads `2001:db8::1/64`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPv6Address(parts[0]), let length = Int(parts[1]),
      String(length) == parts[1]
    else { return nil }
    self.init(address: address, prefixLength: length)
  }

  /// Address and length, such as `2001:db8::1/64`.
  public var description: String { "\(address)/\(prefixLength)" }
}
