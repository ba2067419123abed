/// A range of addresses that share a prefix (CIDR, RFC 4632).
public struct IPv4Network: Hashable, Sendable, CustomStringConvertible {
  /// The lowest address.
  public let base: IPv4Address
  /// How many leading bits are fixed, 0 to 32.
  public let prefixLength: Int

  /// Makes the network in which an address lies; nil if the length is not 0 to 32.
  public init?(containing address: IPv4Address, prefixLength: Int) {
    guard (0...32).contains(prefixLength) else { return nil }
    base = IPv4Address(bits: address.bits & Self.mask(prefixLength: prefixLength).bits)
    self.prefixLength = prefixLength
  }

  /// Makes the network that a range of addresses is; nil if it is none.
  public init?(_ range: ClosedRange<IPv4Address>) {
    let differing = range.lowerBound.bits ^ range.upperBound.bits
    self.init(containing: range.lowerBound, prefixLength: differing.leadingZeroBitCount)
    guard addresses == range else { return nil }
  }

  /// Reads `192.168.1.0/24`, or an address alone; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, let address = IPv4Address(first) else {
      return nil
    }
    guard parts.count == 2 else {
      self.init(containing: address, prefixLength: 32)
      return
    }
    guard let length = Int(parts[1]), String(length) == parts[1] else { return nil }
    self.init(containing: address, prefixLength: length)
  }

  /// The mask of a prefix length, 0 to 32.
  public static func mask(prefixLength: Int) -> IPv4Address {
    IPv4Address(bits: prefixLength == 0 ? 0 : UInt32.max << UInt32(32 - prefixLength))
  }

  /// All addresses, the network's own and that of all its hosts included.
  public var addresses: ClosedRange<IPv4Address> {
    base...IPv4Address(bits: base.bits | ~Self.mask(prefixLength: prefixLength).bits)
  }

  /// Whether an address lies in it.
  public func contains(_ address: IPv4Address) -> Bool { addresses.contains(address) }

  /// Whether an address in it stands for one host, and not for the network itself or for all of its
  /// hosts (RFC 1122, section 3.2.1.3; RFC 3021 for a prefix of 31).
  public func isHost(_ address: IPv4Address) -> Bool {
    guard prefixLength <= 30 else { return contains(address) }
    return contains(address) && address != addresses.lowerBound
      && address != addresses.upperBound
  }

  /// The written form, such as `192.168.1.0/24`.
  public var description: String { "\(base)/\(prefixLength)" }
}
