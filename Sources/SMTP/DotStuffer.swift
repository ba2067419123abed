/// Turns a message's content into what follows the 354, in as many pieces as one likes
/// (RFC 5321 §4.5.2).
public struct DotStuffer: Sendable {
  private var isAtLineStart = true

  /// Makes an encoder for one message.
  public init() {}

  /// The next piece as it goes over the wire: a dot at a line's start is doubled.
  ///
  /// - Parameter content: lines ended by CR LF; pieces may end anywhere.
  public mutating func encode(_ content: some Collection<UInt8>) -> [UInt8] {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(content.count + 16)
    for byte in content {
      if isAtLineStart, byte == UInt8(ascii: ".") { encoded.append(byte) }
      encoded.append(byte)
      isAtLineStart = byte == UInt8(ascii: "\n")
    }
    return encoded
  }

  /// The end of the message: the last line's end if it lacks one, and the final dot.
  public mutating func end() -> [UInt8] {
    defer { isAtLineStart = true }
    return Array((isAtLineStart ? ".\r\n" : "\r\n.\r\n").utf8)
  }
}
