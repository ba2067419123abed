import Dialogue

/// Reads a paste from a raw TTY, echoes it, and lets a person who types instead mend a line.
struct PasteReader {
  private let request: Paste
  private let input: TerminalInput
  private let echo: PatientEcho
  private var collector: PasteCollector
  private var line: [UInt8] = []

  init(_ request: Paste, input: TerminalInput, output: Output) {
    self.request = request
    self.input = input
    echo = PatientEcho(output: output)
    collector = PasteCollector(limit: request.limit)
  }

  /// The lines before the dot.
  mutating func read() throws(InputEnd) -> [String] {
    defer { echo.finish() }
    do throws(InputEnd) {
      while true {
        // Input goes first: 200 lines are echoed by a few writes.
        if echo.count > 4096 || !input.isReady { echo.advance() }
        let byte = try input.nextByte(chunk: 4096, echo: echo)
        if take(byte) { return collector.lines }
      }
    } catch {
      if error == .interrupted { echo.append("^C\n".utf8) }
      throw error
    }
  }

  /// Takes one byte; true if the paste is complete.
  private mutating func take(_ byte: UInt8) -> Bool {
    switch byte {
    case TerminalInput.Control.lineFeed:
      echo.append([byte])
      defer { line = [] }
      return collector.take(line)
    case TerminalInput.Control.d where line.isEmpty:
      if request.endsAtControlD { echo.append([TerminalInput.Control.lineFeed]) }
      return request.endsAtControlD
    case TerminalInput.Control.backspace, TerminalInput.Control.delete:
      eraseCharacter()
    case TerminalInput.Control.u:
      while !line.isEmpty { eraseCharacter() }
    default:
      echo.append(byte.visible)
      if line.count < collector.longestLine { line.append(byte) }
    }
    return false
  }

  private mutating func eraseCharacter() {
    guard let start = line.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return }
    let character = line[start...]
    let width =
      character.count == 1
      ? character.reduce(0) { $0 + $1.visible.count }
      : displayWidth(String(decoding: character, as: UTF8.self).unicodeScalars)
    line.removeSubrange(start...)
    for _ in 0..<width { echo.append("\u{8} \u{8}".utf8) }
  }
}

extension UInt8 {
  /// As a terminal echoes it: a control character as `^X`, all else as it is.
  fileprivate var visible: [UInt8] {
    switch self {
    case UInt8(ascii: "\t"): [self]
    case 0..<32: [UInt8(ascii: "^"), self | 0x40]
    default: [self]
    }
  }
}
