import Dialogue
import Glibc

/// The keyboard: bytes, code points and keys from a descriptor, with every way a line may end.
///
/// Enter may arrive as CR, LF or CR LF. A CR counts at once, since its LF may never come; an LF
/// right behind it is swallowed. "Right behind" ends where a new prompt is shown: a client that
/// answers a prompt by LF means a second Enter.
final class TerminalInput {
  /// The bytes of Ctrl-C and so on, as a raw terminal sends them.
  enum Control {
    static let c: UInt8 = 3
    static let d: UInt8 = 4
    static let u: UInt8 = 21
    static let backspace: UInt8 = 8
    static let delete: UInt8 = 127
    static let escape: UInt8 = 27
    static let lineFeed: UInt8 = 10
    static let carriageReturn: UInt8 = 13
  }

  private let descriptor: Int32
  private let events: InputEvents
  /// Bytes that were read ahead, the next one last.
  private var pending: [UInt8] = []
  private var skipsLineFeed = false

  init(descriptor: Int32, events: InputEvents) {
    self.descriptor = descriptor
    self.events = events
  }

  /// Called before a prompt is shown, which ends the life of a CR's LF.
  func settleLineEnd() throws(InputEnd) {
    guard skipsLineFeed else { return }
    if isReady {
      let byte = try nextRawByte()
      if byte != Control.lineFeed { pending.append(byte) }
    }
    skipsLineFeed = false
  }

  /// Forgets what was typed ahead, as the system does with its own part at Ctrl-C.
  func dropTypeAhead() {
    pending = []
  }

  /// Whether a byte is there without waiting.
  var isReady: Bool {
    if !pending.isEmpty { return true }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLIN) != 0
  }

  /// The next byte, where any line end is one LF and Ctrl-C is not a byte but throws.
  ///
  /// - Parameters:
  ///   - chunk: how many bytes may be taken from the system at once. What is not used stays for
  ///     the next read, but the program that runs after this one would miss it: 1 but for pastes.
  ///   - echo: output that is to go on while nothing is typed.
  ///   - resized: called when the window has changed while waiting.
  func nextByte(
    chunk: Int = 1, echo: PatientEcho? = nil, resized: () -> Void = {}
  ) throws(InputEnd) -> UInt8 {
    while true {
      let byte = try nextRawByte(chunk: chunk, echo: echo, resized: resized)
      switch byte {
      case Control.lineFeed where skipsLineFeed:
        skipsLineFeed = false
        continue
      case Control.c:
        skipsLineFeed = false
        throw .interrupted
      default:
        skipsLineFeed = byte == Control.carriageReturn
        return skipsLineFeed ? Control.lineFeed : byte
      }
    }
  }

  /// The next code point; what is not UTF-8 becomes U+FFFD.
  func nextScalar(resized: () -> Void = {}) throws(InputEnd) -> Unicode.Scalar {
    let first = try nextByte(resized: resized)
    let length = first.sequenceLength
    guard length > 1 else { return first < 0x80 ? Unicode.Scalar(first) : "\u{FFFD}" }
    var bytes = [first]
    while bytes.count < length {
      let byte = try nextRawByte(resized: resized)
      guard byte & 0xC0 == 0x80 else {
        pending.append(byte)
        break
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
  }

  /// The next key; an arrow or function key counts as one Escape.
  func nextKey() throws(InputEnd) -> Unicode.Scalar {
    let scalar = try nextScalar()
    guard scalar.value == Control.escape, isReady else { return scalar }
    let introducer = try nextByte()
    guard introducer == UInt8(ascii: "[") || introducer == UInt8(ascii: "O") else { return scalar }
    while isReady, case let byte = try nextByte(), !(0x40...0x7E).contains(byte) {}
    return scalar
  }

  /// The next byte as it comes.
  private func nextRawByte(
    chunk: Int = 1, echo: PatientEcho? = nil, resized: () -> Void = {}
  ) throws(InputEnd) -> UInt8 {
    while true {
      if let byte = pending.popLast() { return byte }
      if events.hasEnded { throw .endOfInput }
      if events.takeInterruption() { throw .interrupted }
      if events.takeResize() { resized() }
      var entries = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: events.descriptor, events: Int16(POLLIN), revents: 0),
        // poll passes over a negative descriptor.
        pollfd(fd: echo?.descriptor ?? -1, events: Int16(POLLOUT), revents: 0),
      ]
      guard poll(&entries, nfds_t(entries.count), -1) > 0 else { continue }
      if entries[1].revents != 0 { events.drain() }
      if entries[2].revents != 0 { echo?.advance() }
      if entries[0].revents != 0 { try fill(atMost: chunk) }
    }
  }

  private func fill(atMost limit: Int) throws(InputEnd) {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(descriptor, &bytes, limit)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else { throw .endOfInput }
    pending = bytes[..<count].reversed()
  }
}

extension UInt8 {
  /// The bytes of the UTF-8 sequence that begins with this one; 1 if none does.
  fileprivate var sequenceLength: Int {
    switch self {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
