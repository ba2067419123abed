import Dialogue

/// What a user has typed on a line so far, as far as the keys alone tell it.
struct TypedLine {
  /// What ends a line.
  enum End {
    case line
    case interrupt
    case endOfFile
  }

  /// What stood on the line before.
  let prompt: String
  /// Whether a key was pressed whose effect only the screen shows: Tab, an arrow.
  private(set) var isEdited = false
  /// Whether the screen has shown anything of the line.
  private(set) var isEchoed = false
  private(set) var end: End?
  private var bytes: [UInt8] = []
  private var sequence = EscapeSequence()

  init(at prompt: String) {
    self.prompt = prompt
  }

  /// The text without what was taken back.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Takes the next byte of the keyboard.
  mutating func take(_ byte: UInt8) {
    guard !sequence.take(byte) else { return isEdited = true }
    switch byte {
    case 3: end = .interrupt
    case 4 where bytes.isEmpty && !isEdited: end = .endOfFile
    case 8, 127: dropCharacter()
    case 10, 13: end = .line
    case 21: bytes = []
    case 23:
      while bytes.last == 32 { bytes.removeLast() }
      while let last = bytes.last, last != 32 { bytes.removeLast() }
    case 32...: bytes.append(byte)
    default: isEdited = true
    }
  }

  /// Takes what stands on the line up to the cursor.
  mutating func see(_ tail: String) {
    if tail != prompt { isEchoed = true }
  }

  private mutating func dropCharacter() {
    while let last = bytes.popLast(), last & 0xc0 == 0x80 {}
  }
}
