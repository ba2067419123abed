/// Reads numbers and uncompressed names from bytes that came over the network (RFC 1035 §3.1).
///
/// Everything is nil past the end; nothing traps, whatever the bytes are.
struct WireReader {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func byte() -> UInt8? { rest.popFirst() }

  mutating func number<Value: FixedWidthInteger & UnsignedInteger>(_: Value.Type) -> Value? {
    bytes(Value.bitWidth / 8)?.reduce(0) { $0 << 8 | Value($1) }
  }

  mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// A text of at most 255 bytes behind its length.
  mutating func characterString() -> ArraySlice<UInt8>? { byte().flatMap { bytes(Int($0)) } }

  mutating func name() -> DomainName? {
    var labels: [String] = []
    var length = 1
    while let count = byte() {
      if count == 0 { return DomainName(labels: labels) }
      length += Int(count) + 1
      // Greater counts are pointers, which the library has resolved.
      guard count < 64, length <= 255, let label = bytes(Int(count)) else { return nil }
      labels.append(WireReader.text(ofLabel: label))
    }
    return nil
  }

  /// A label as a master file writes it (RFC 1035 §5.1): a dot inside it, a blank or a control
  /// character never look like anything else.
  private static func text(ofLabel label: ArraySlice<UInt8>) -> String {
    label.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "\\"): text += "\\" + String(Unicode.Scalar(byte))
      case 0x21...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += escape(byte)
      }
    }
  }

  /// A byte as its decimal number: `\010`.
  static func escape(_ byte: UInt8) -> String {
    "\\" + String(String(1000 + Int(byte)).dropFirst())
  }
}
