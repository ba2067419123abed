import Glibc

/// A descriptor that is written to completely, whatever its flags.
///
/// When nobody reads any more, output is dropped: the session's end shows at the next read.
final class Output {
  let descriptor: Int32
  private(set) var isBroken = false
  /// A TTY's opening of its own, on which a write that finds no room returns: the flag belongs to an
  /// opening, and 0, 1 and 2 are shared with other programs.
  private let opening: Int32?
  private let isOver: () -> Bool

  /// - Parameter isOver: whether a reader that takes nothing is waited for no more; looked at twice
  ///   a second.
  init(descriptor: Int32, isOver: (() -> Bool)? = nil) {
    self.descriptor = descriptor
    self.isOver = isOver ?? { false }
    let opened = isOver.map { _ in
      open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }
    opening = opened.flatMap { $0 < 0 ? nil : $0 }
  }

  deinit {
    if let opening { close(opening) }
  }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty, !isBroken {
      let count = Glibc.write(
        opening ?? descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        waitUntilWritable()
      } else if errno != EINTR {
        isBroken = true
      }
    }
  }

  private func waitUntilWritable() {
    var entry = pollfd(fd: opening ?? descriptor, events: Int16(POLLOUT), revents: 0)
    if poll(&entry, 1, 500) == 0, isOver() { isBroken = true }
  }
}
