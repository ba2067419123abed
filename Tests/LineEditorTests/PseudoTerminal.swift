import Dialogue
import Glibc
import LineEditor

/// Both ends of a pseudo terminal: the editor under test has one, the test is the person.
actor PseudoTerminal {
  /// The end that a program takes for its TTY.
  nonisolated let terminal: Int32
  private let person: Int32
  /// All that the screen received so far.
  private(set) var screen = ""
  private var position = 0
  private var bytes: [UInt8] = []

  struct NoTerminal: Error {}
  struct NotSeen: Error, CustomStringConvertible {
    let description: String
  }

  init(rows: UInt16 = 24, columns: UInt16 = 80) throws {
    person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard person >= 0 else { throw NoTerminal() }
    var unlock: Int32 = 0
    var number: UInt32 = 0
    // TIOCSPTLCK and TIOCGPTN of Linux, macros that are not imported.
    guard ioctl(person, 0x4004_5431, &unlock) == 0, ioctl(person, 0x8004_5430, &number) == 0 else {
      throw NoTerminal()
    }
    terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { throw NoTerminal() }
    setWindow(of: terminal, rows: rows, columns: columns)
  }

  deinit {
    close(terminal)
    close(person)
  }

  /// Gives the window another size, in character cells.
  func resize(rows: UInt16, columns: UInt16) {
    setWindow(of: terminal, rows: rows, columns: columns)
  }

  /// Types, in one write as far as the TTY takes it.
  func type(_ text: String) async throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(person, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else {
        collect()
        try await Task.sleep(for: .milliseconds(1))
      }
    }
  }

  /// Waits for a text behind what was seen last, and returns what came before it.
  @discardableResult
  func see(_ text: String) async throws -> String {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      collect()
      let unseen = screen.unicodeScalars.dropFirst(position)
      if let found = String(unseen).range(ofText: text) {
        position += found.upperBound
        return String(String(unseen).unicodeScalars.prefix(found.lowerBound))
      }
      guard ContinuousClock.now < deadline else {
        throw NotSeen(description: "\(text.debugDescription) in \(screen.debugDescription)")
      }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// The settings of the TTY, as numbers that can be compared.
  nonisolated var settings: [UInt32] {
    var settings = termios()
    tcgetattr(terminal, &settings)
    return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
  }

  private func collect() {
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = read(person, &chunk, chunk.count), count > 0 {
      bytes += chunk[..<count]
    }
    screen = String(decoding: bytes, as: UTF8.self)
  }
}

private func setWindow(of terminal: Int32, rows: UInt16, columns: UInt16) {
  var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
  _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
}

extension String {
  /// The scalars that hold a text, counted from the beginning.
  fileprivate func range(ofText text: String) -> Range<Int>? {
    let scalars = Array(unicodeScalars)
    let wanted = Array(text.unicodeScalars)
    guard scalars.count >= wanted.count else { return nil }
    for start in 0...(scalars.count - wanted.count)
    where scalars[start..<start + wanted.count].elementsEqual(wanted) {
      return start..<start + wanted.count
    }
    return nil
  }
}

/// A directory of a test's own, gone after it.
final class TemporaryDirectory: Sendable {
  let path: String

  struct NotMade: Error {}

  init() throws {
    var template = Array("/tmp/esash-line-editor-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw NotMade() }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    var names: [String] = []
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        names.append(
          withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
          })
      }
      closedir(directory)
    }
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
