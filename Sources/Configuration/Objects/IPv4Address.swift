/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The address as a number, most significant byte first.
  public var bits: UInt32

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
    "\(bits >> 24 & 255).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  /// Orders by number.
  public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }
}
