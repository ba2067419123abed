/// Tags of the universal types that LDAP uses.
enum BERTag {
  static let boolean: UInt8 = 0x01
  static let integer: UInt8 = 0x02
  static let octetString: UInt8 = 0x04
  static let enumerated: UInt8 = 0x0A
  static let sequence: UInt8 = 0x30

  /// `[number]` of a primitive type.
  static func context(_ number: UInt8) -> UInt8 { 0x80 | number }
  /// `[number]` of a constructed type.
  static func contextConstructed(_ number: UInt8) -> UInt8 { 0xA0 | number }
}

/// Writes elements of BER, with the shortest lengths.
enum BERWriter {
  /// An element with its content.
  static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    [tag] + length(content.count) + content
  }

  /// An element made of elements.
  static func element(_ tag: UInt8, of parts: [UInt8]...) -> [UInt8] {
    element(tag, parts.flatMap(\.self))
  }

  static func octets(_ text: String) -> [UInt8] { element(BERTag.octetString, Array(text.utf8)) }

  static func boolean(_ value: Bool) -> [UInt8] {
    element(BERTag.boolean, [value ? 0xFF : 0x00])
  }

  /// A number that is not negative, in as many bytes as it needs.
  static func integer(_ value: Int, _ tag: UInt8 = BERTag.integer) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = value
    repeat {
      digits.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    } while rest > 0
    // The highest bit is the sign.
    if digits[0] >= 0x80 { digits.insert(0, at: 0) }
    return element(tag, digits)
  }

  private static func length(_ count: Int) -> [UInt8] {
    guard count >= 0x80 else { return [UInt8(count)] }
    var digits: [UInt8] = []
    var rest = count
    while rest > 0 {
      digits.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    }
    return [0x80 | UInt8(digits.count)] + digits
  }
}
