/// An IPv4 address (RFC 791, section 2.3).
public struct IPv4Address: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The address as a number, most significant byte first.
  public let bits: UInt32

  /// The machine itself, 127.0.0.1.
  public static let loopback = IPv4Address(bits: 0x7F00_0001)

  /// Makes an address from its number.
  public init(bits: UInt32) { self.bits = bits }

  /// Reads `192.168.1.2`; nil for anything else (four decimal bytes, no leading zeros).
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

  /// Decodes the dotted form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let address = IPv4Address(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is not an IPv4 address.")
    }
    self = address
  }

  /// Encodes the dotted form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// The dotted form.
  public var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  /// Orders by number.
  public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }

  /// Whether it belongs to 127.0.0.0/8 (RFC 1122, section 3.2.1.3).
  public var isLoopback: Bool { bits >> 24 == 127 }

  /// Whether it belongs to the private networks of RFC 1918, section 3.
  public var isPrivate: Bool {
    bits >> 24 == 10 || bits >> 20 == 0xAC1 || bits >> 16 == 0xC0A8
  }

  /// Whether an interface can have the address: it is one host's, and not the loopback's.
  public var isAssignable: Bool { (1...223).contains(bits >> 24) && !isLoopback }
}
