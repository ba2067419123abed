import Dialogue
import Glibc

/// Lines from a descriptor, ended by LF, CR LF or CR.
struct PipeLines {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0
  private var skipsLineFeed = false
  private var isAtEnd = false

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next line without its end.
  ///
  /// - Parameter limit: the most bytes that are kept of it.
  mutating func next(limit: Int) throws(InputEnd) -> [UInt8] {
    var line: [UInt8] = []
    while true {
      if position == buffer.count { fill() }
      if isAtEnd {
        guard !line.isEmpty else { throw .endOfInput }
        return line
      }
      if skipsLineFeed {
        skipsLineFeed = false
        if buffer[position] == lineFeed {
          position += 1
          continue
        }
      }
      let rest = buffer[position...]
      let end = rest.firstIndex { $0 == lineFeed || $0 == carriageReturn }
      line += rest[..<(end ?? rest.endIndex)].prefix(limit - line.count)
      position = end.map { $0 + 1 } ?? buffer.count
      if let end {
        skipsLineFeed = buffer[end] == carriageReturn
        return line
      }
    }
  }

  private mutating func fill() {
    buffer = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
      count = max(0, readBlocking(into: space))
    }
    position = 0
    isAtEnd = buffer.isEmpty
  }

  private func readBlocking(into space: UnsafeMutableBufferPointer<UInt8>) -> Int {
    while true {
      let count = read(descriptor, space.baseAddress, space.count)
      guard count < 0, errno == EINTR || errno == EAGAIN else { return count }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&entry, 1, -1)
    }
  }
}

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
