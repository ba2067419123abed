import Glibc

/// An IPv6 address (RFC 4291, section 2).
public struct IPv6Address: Hashable, Sendable, CustomStringConvertible {
  /// The 16 bytes, most significant first.
  public let bytes: [UInt8]

  /// Makes an address; nil unless there are 16 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    self.bytes = Array(bytes)
  }

  /// Reads the written form (RFC 4291 §2.2); nil for anything else.
  public init?(_ text: some StringProtocol) {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, String(text), &bytes) == 1 else { return nil }
    self.bytes = bytes
  }

  /// Whether an interface can have the address: neither `::`, nor the loopback, nor multicast.
  public var isAssignable: Bool {
    bytes[0] != 0xFF && !(bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] <= 1)
  }

  /// The shortest written form, such as `2001:db8::1` (RFC 5952).
  public var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
