/// Tells which of the bytes of a keyboard belong to a key that sends several, such as an arrow.
///
/// Source: ECMA-48 section 5.4 (CSI), 8.3.143 (SS3).
public struct EscapeSequence: Sendable {
  private enum State {
    case text
    case begun
    /// Within a sequence that has so many parameters.
    case parameters(Int)
  }

  private static let escape: UInt8 = 27
  /// No key sends more.
  private static let mostParameters = 16

  private var state = State.text

  /// Begins where no key is pressed.
  public init() {}

  /// Takes the next byte.
  ///
  /// - Returns: whether it belongs to a sequence, ESC included; a control character never does.
  public mutating func take(_ byte: UInt8) -> Bool {
    let state = self.state
    self.state = .text
    switch (state, byte) {
    case (_, Self.escape): self.state = .begun
    case (_, ..<32): return false
    case (.begun, UInt8(ascii: "[")), (.begun, UInt8(ascii: "O")): self.state = .parameters(0)
    case (.parameters(..<Self.mostParameters), 0x20..<0x40):
      if case .parameters(let count) = state { self.state = .parameters(count + 1) }
    case (.parameters, 0x40..<0x7F): break
    default: return false
    }
    return true
  }
}
