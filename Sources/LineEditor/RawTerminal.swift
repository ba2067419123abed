public import Dialogue
import Glibc

/// A TTY whose keys and characters pass as they are, for a session that is held elsewhere.
///
/// What is typed is not shown and no key sends a signal; what is shown is not changed.
public final class RawTerminal: Sendable {
  private let input: Int32
  private let output: Int32
  private let original: termios

  /// Takes the terminal over; nil where there is none.
  ///
  /// - Parameters:
  ///   - input: the descriptor of the keyboard.
  ///   - output: the descriptor of the screen.
  public init?(input: Int32 = 0, output: Int32 = 1) {
    var attributes = termios()
    guard isatty(output) == 1, tcgetattr(input, &attributes) == 0 else { return nil }
    self.input = input
    self.output = output
    original = attributes
    cfmakeraw(&attributes)
    tcsetattr(input, TCSADRAIN, &attributes)
  }

  /// Gives the terminal back as it was found.
  public func close() {
    var original = original
    tcsetattr(input, TCSADRAIN, &original)
  }

  /// The window now, in character cells.
  public var window: WindowSize? { WindowSize(of: output) }

  /// Waits for keys; blocks the thread.
  ///
  /// - Returns: what was typed; empty when the terminal is gone.
  public func read() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var count: Int
    repeat { count = Glibc.read(input, &buffer, buffer.count) } while count < 0 && errno == EINTR
    return Array(buffer.prefix(max(0, count)))
  }

  /// Shows bytes as they are.
  public func write(_ bytes: [UInt8]) {
    Output(descriptor: output).write(bytes)
  }
}
