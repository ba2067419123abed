/// Cuts a stream of bytes into lines; a peer of the lab takes them as long as they come.
struct PeerLines: Sendable {
  private var bytes: [UInt8] = []
  /// Where the first byte that was not handed out stands.
  private var start = 0
  /// Where the search for the next LF goes on.
  private var searched = 0

  mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  mutating func removeAll() { self = PeerLines() }

  /// The next whole line without its LF and the CR before it, or nil.
  mutating func next() -> [UInt8]? {
    guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      // What was handed out is dropped at once, so that a long input takes no quadratic time.
      bytes.removeSubrange(..<start)
      start = 0
      searched = bytes.count
      return nil
    }
    let line = bytes[start..<end]
    start = end + 1
    searched = start
    return Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
  }
}
