import Dialogue

/// Reads a secret from a raw TTY: nothing of it is shown, not even its length.
struct SecretReader {
  /// The most code points that are kept; no passphrase is that long.
  private static let limit = 4096

  private let input: TerminalInput
  private let output: Output

  init(input: TerminalInput, output: Output) {
    self.input = input
    self.output = output
  }

  /// The secret without its line end; nil for Ctrl-D before anything else.
  func read() throws(InputEnd) -> String? {
    defer { output.write("\n") }
    var secret = String.UnicodeScalarView()
    var sequence = EscapeSequence()
    while true {
      let key = try input.nextKey()
      // An arrow does nothing where no cursor is seen; its letters are not meant for the secret.
      if let byte = UInt8(exactly: key.value), sequence.take(byte) { continue }
      switch UInt8(exactly: key.value) {
      case TerminalInput.Control.lineFeed:
        return String(secret)
      case TerminalInput.Control.d where secret.isEmpty:
        return nil
      case TerminalInput.Control.backspace, TerminalInput.Control.delete:
        _ = secret.popLast()
      case TerminalInput.Control.u:
        secret = String.UnicodeScalarView()
      case .some(0..<32):
        continue
      default:
        if secret.count < Self.limit { secret.append(key) }
      }
    }
  }
}
