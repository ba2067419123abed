/// An IPv4 address as DNS holds it: the data of an A record (RFC 1035 §3.4.1).
public struct InternetAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The address as a number, most significant byte first.
  public let bits: UInt32

  /// The machine itself, 127.0.0.1.
  public static let loopback = InternetAddress(bits: 0x7F00_0001)

  /// Makes an address from its number.
  public init(bits: UInt32) { self.bits = bits }

  /// Reads four decimal bytes without leading zeros, such as `192.168.1.2`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard let byte = UInt8(part), String(byte) == part else { return nil }
      bits = bits << 8 | UInt32(byte)
    }
    self.bits = bits
  }

  /// The dotted form.
  public var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  /// Whether it belongs to 127.0.0.0/8.
  public var isLoopback: Bool { bits >> 24 == 127 }

  /// Whether it belongs to the private networks of RFC 1918 §3.
  public var isPrivate: Bool {
    bits >> 24 == 10 || bits >> 20 == 0xAC1 || bits >> 16 == 0xC0A8
  }

  /// Orders by number.
  public static func < (left: InternetAddress, right: InternetAddress) -> Bool {
    left.bits < right.bits
  }
}

/// A range of addresses that share a prefix (CIDR, RFC 4632).
public struct InternetNetwork: Hashable, Sendable, CustomStringConvertible {
  /// The lowest address.
  public let base: InternetAddress
  /// How many leading bits are fixed, 0 to 32.
  public let prefixLength: Int

  /// Makes the network in which an address lies; nil if the length is not 0 to 32.
  public init?(containing address: InternetAddress, prefixLength: Int) {
    guard (0...32).contains(prefixLength) else { return nil }
    base = InternetAddress(bits: address.bits & InternetNetwork.mask(prefixLength))
    self.prefixLength = prefixLength
  }

  /// Reads `192.168.1.0/24`, or an address alone; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, let address = InternetAddress(first) else {
      return nil
    }
    guard parts.count == 2 else {
      self.init(containing: address, prefixLength: 32)
      return
    }
    guard let length = Int(parts[1]), String(length) == parts[1] else { return nil }
    self.init(containing: address, prefixLength: length)
  }

  /// Whether an address lies in it.
  public func contains(_ address: InternetAddress) -> Bool {
    address.bits & InternetNetwork.mask(prefixLength) == base.bits
  }

  /// The written form, such as `192.168.1.0/24`.
  public var description: String { "\(base)/\(prefixLength)" }

  private static func mask(_ length: Int) -> UInt32 {
    length == 0 ? 0 : UInt32.max << UInt32(32 - length)
  }
}
