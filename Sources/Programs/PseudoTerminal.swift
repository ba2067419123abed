import CProcess
import Glibc

/// A terminal whose near end is held here; a program sits at its far end (pty(7)).
public struct PseudoTerminal: Sendable {
  /// The near end; closed on exec, and to be closed by whoever opened the terminal.
  public let nearEnd: Int32
  /// The path of the far end.
  public let farEnd: String

  /// Opens a terminal with a window in character cells.
  ///
  /// - Parameter isSilent: whether what is typed waits, unseen, until the program reads it. Else the
  ///   terminal shows it, and Ctrl-C is a signal, before the program has said what it wants.
  /// - Throws: `SystemFailure`.
  public init(rows: UInt16, columns: UInt16, isSilent: Bool = false) throws(SystemFailure) {
    var descriptor: Int32 = -1
    var path = [CChar](repeating: 0, count: 128)
    let code = cprocess_open_terminal(&descriptor, &path, path.count)
    guard code == 0 else { throw SystemFailure("posix_openpt", code) }
    nearEnd = descriptor
    farEnd = String(decoding: path.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    setWindow(rows: rows, columns: columns)
    if isSilent { silence() }
  }

  private func silence() {
    var attributes = termios()
    guard tcgetattr(nearEnd, &attributes) == 0 else { return }
    attributes.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    attributes.c_iflag &= ~tcflag_t(ICRNL)
    tcsetattr(nearEnd, TCSANOW, &attributes)
  }

  /// Changes the window; the program at the far end gets SIGWINCH.
  public func setWindow(rows: UInt16, columns: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(nearEnd, UInt(TIOCSWINSZ), &size)
  }
}
