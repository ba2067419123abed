/// Parts the bytes for a terminal into characters and what moves the cursor.
struct ControlDecoder: Sendable {
  enum Element: Equatable {
    case scalar(Unicode.Scalar)
    case lineFeed
    case carriageReturn
    case backspace
    /// A control sequence (ECMA-48 section 5.4): its last byte and its first number.
    case sequence(UInt8, Int?)
  }

  private enum State {
    case text
    case escape
    /// Within a control sequence; what came after its introducer.
    case sequence([UInt8])
    /// Within a string, such as a window's title, down to BEL or ESC `\`.
    case string
    /// One more byte belongs to an escape that names a character set.
    case designation
  }

  private var state = State.text
  /// The bytes of a character that is not complete.
  private var partial: [UInt8] = []

  mutating func decode(_ bytes: some Sequence<UInt8>) -> [Element] {
    var elements: [Element] = []
    for byte in bytes {
      if let element = take(byte) { elements.append(element) }
    }
    return elements
  }

  private mutating func take(_ byte: UInt8) -> Element? {
    switch state {
    case .text: return text(byte)
    case .escape:
      switch UnicodeScalar(byte) {
      case "[": state = .sequence([])
      case "]", "P", "^", "_": state = .string
      case "(", ")", "*", "+", "#", "%": state = .designation
      default: state = .text
      }
    case .designation: state = .text
    case .string:
      if byte == 7 { state = .text } else if byte == 27 { state = .escape }
    case .sequence(let parameters):
      guard (0x40...0x7e).contains(byte) else {
        // No sequence is that long; what follows is shown as text.
        state = parameters.count < 64 ? .sequence(parameters + [byte]) : .text
        return nil
      }
      state = .text
      let digits = parameters.prefix { (48..<58).contains($0) }
      return .sequence(byte, Int(String(decoding: digits, as: UTF8.self)))
    }
    return nil
  }

  private mutating func text(_ byte: UInt8) -> Element? {
    guard byte < 0x80 else { return character(byte) }
    partial = []
    switch byte {
    case 8: return .backspace
    case 9: return .scalar("\t")
    case 10: return .lineFeed
    case 13: return .carriageReturn
    case 27: state = .escape
    case 32..<127: return .scalar(UnicodeScalar(byte))
    default: break
    }
    return nil
  }

  /// A byte of a character beyond ASCII; what is no UTF-8 is passed over.
  private mutating func character(_ byte: UInt8) -> Element? {
    if byte & 0xc0 != 0x80 { partial = [] }
    partial.append(byte)
    let length = partial[0] >= 0xf0 ? 4 : partial[0] >= 0xe0 ? 3 : 2
    guard partial.count == length else { return nil }
    defer { partial = [] }
    // Below U+00A0 are the controls of eight bits (ECMA-48 section 5.3), which nobody sends in UTF-8.
    guard let scalar = String(validating: partial, as: UTF8.self)?.unicodeScalars.first,
      scalar.value >= 0xA0
    else { return nil }
    return .scalar(scalar)
  }
}
