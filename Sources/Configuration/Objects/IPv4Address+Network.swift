extension IPv4Address {
  /// The mask of a prefix length, 0 to 32.
  public static func mask(prefixLength: Int) -> IPv4Address {
    IPv4Address(bits: prefixLength == 0 ? 0 : UInt32.max << UInt32(32 - prefixLength))
  }

  /// Whether an interface can have the address: it is one host's, and not the loopback's.
  public var isAssignable: Bool {
    (1...223).contains(bits >> 24) && bits >> 24 != 127
  }

  /// Whether the address stands for one host within its network, and not for the network itself
  /// or for all of its hosts (RFC 1122, section 3.2.1.3; RFC 3021 for a prefix of 31).
  public func isHost(prefixLength: Int) -> Bool {
    let host = bits & ~Self.mask(prefixLength: prefixLength).bits
    return prefixLength > 30
      || (host != 0 && host != ~Self.mask(prefixLength: prefixLength).bits)
  }

  /// Whether another address is in the same network.
  public func isNeighbor(of other: IPv4Address, prefixLength: Int) -> Bool {
    (bits ^ other.bits) & Self.mask(prefixLength: prefixLength).bits == 0
  }
}
