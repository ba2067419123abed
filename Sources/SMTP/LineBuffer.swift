import Glibc

/// Cuts a stream of bytes into lines of limited length.
///
/// A line ends with LF; a CR before it is dropped, so that people may type by hand. Of a line that
/// is too long nothing is kept, however long it goes on.
public struct LineBuffer: Sendable {
  /// A whole line.
  public enum Line: Hashable, Sendable {
    /// Its bytes, without its end.
    case text([UInt8])
    /// It was longer than the limit.
    case tooLong
  }

  /// What an idle connection may keep, in bytes.
  private static let idleCapacity = 4096

  /// The longest line in bytes, its end included.
  public var limit: Int
  private var bytes: [UInt8] = []
  /// Where the first byte that was not handed out stands.
  private var start = 0
  /// Where the search for the next LF goes on.
  private var searched = 0
  private var isSkipping = false

  /// Makes an empty buffer.
  public init(limit: Int) { self.limit = limit }

  /// How many bytes wait.
  public var count: Int { bytes.count - start }

  /// Whether a line has begun that has not ended, once `next` has given nil.
  public var isInLine: Bool { isSkipping || count > 0 }

  /// Takes more bytes.
  public mutating func append(_ more: some Sequence<UInt8>) {
    // A view of contiguous bytes is copied as a whole, others one by one.
    let isCopied: Void? = more.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
    if isCopied == nil { bytes.append(contentsOf: more) }
  }

  /// Forgets all bytes.
  public mutating func removeAll() {
    bytes = []
    start = 0
    searched = 0
    isSkipping = false
  }

  /// The next whole line without its end, or nil.
  public mutating func next() -> Line? {
    guard let end = nextLineFeed() else {
      searched = bytes.count
      if bytes.count - start > limit { isSkipping = true }
      if isSkipping { drop(to: bytes.count) }
      return nil
    }
    var line = bytes[start..<end]
    let isTooLong = isSkipping || end + 1 - start > limit
    isSkipping = false
    defer { drop(to: end + 1) }
    if isTooLong { return .tooLong }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return .text(Array(line))
  }

  /// Hands out all bytes that wait, whatever their lines.
  ///
  /// - Parameter body: takes them and returns how many it took.
  mutating func take(_ body: (UnsafeBufferPointer<UInt8>) -> Int) {
    let taken = bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start...])) }
    drop(to: start + taken)
  }

  /// Where the next LF stands that was not searched yet, or nil.
  private func nextLineFeed() -> Int? {
    // The C library searches many bytes at a time, in an unoptimised build too.
    bytes.withUnsafeBytes { all in
      guard let base = all.baseAddress,
        let found = memchr(base + searched, Int32(UInt8(ascii: "\n")), all.count - searched)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private mutating func drop(to index: Int) {
    start = index
    searched = index
    // Moving the rest down for each line of a long input would take quadratic time.
    guard start == bytes.count || start > 4096 else { return }
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity <= LineBuffer.idleCapacity)
    } else {
      bytes.removeSubrange(..<start)
    }
    start = 0
    searched = 0
  }
}
