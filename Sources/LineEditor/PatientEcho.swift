import Glibc

/// Output that waits for its reader without keeping ours waiting.
///
/// A script may write a long paste in one go and read nothing meanwhile. Were the echo to wait for
/// room on the TTY, nobody would read the paste, and both would wait for ever. So the echo is
/// written as far as it goes, through an opening of the TTY of its own: the flag that makes a
/// write return at once belongs to an opening, and 0, 1 and 2 are shared with other programs.
final class PatientEcho {
  /// How much may wait; a paste is not kept beyond its limit either.
  private static let limit = 1 << 22

  private let output: Output
  private let opening: Int32
  private var waiting: [UInt8] = []
  private var written = 0

  init(output: Output) {
    self.output = output
    opening = open(
      "/proc/self/fd/\(output.descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
  }

  deinit {
    if opening >= 0 { close(opening) }
  }

  /// The descriptor to poll for room, while something waits for it.
  var descriptor: Int32? { waiting.isEmpty ? nil : opening }

  /// The bytes that nobody has taken yet.
  var count: Int { waiting.count - written }

  /// Adds to what waits.
  func append(_ bytes: some Sequence<UInt8>) {
    waiting += bytes
    if count > Self.limit { finish() }
  }

  /// Writes as much as there is room for.
  func advance() {
    guard opening >= 0 else { return finish() }
    while written < waiting.count {
      let taken = waiting[written...].withUnsafeBytes { write(opening, $0.baseAddress, $0.count) }
      guard taken > 0 else { return }
      written += taken
    }
    clear()
  }

  /// Writes all of it, however long that takes.
  func finish() {
    output.write(Array(waiting[written...]))
    clear()
  }

  private func clear() {
    waiting.removeAll(keepingCapacity: true)
    written = 0
  }
}
