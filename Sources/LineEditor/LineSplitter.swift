/// Lines out of chunks of bytes, ended by LF, CR LF or CR.
struct LineSplitter {
  /// What there is to take.
  enum Next: Equatable {
    /// A line without its end; the last one needs none.
    case line([UInt8])
    /// The line is not complete: another chunk is wanted.
    case incomplete
    /// There will be no further line.
    case end
  }

  private var chunk: [UInt8] = []
  private var position = 0
  /// The beginning of a line that the next chunk continues.
  private var line: [UInt8] = []
  private var skipsLineFeed = false
  private var isAtEnd = false

  /// Takes the next chunk, once the last one is used up; an empty one is the end.
  mutating func feed(_ bytes: [UInt8]) {
    chunk = bytes
    position = 0
    isAtEnd = bytes.isEmpty
  }

  /// Takes the next line.
  ///
  /// - Parameter limit: the most bytes that are kept of it; the rest is dropped.
  mutating func next(limit: Int) -> Next {
    if skipsLineFeed, position < chunk.count {
      skipsLineFeed = false
      if chunk[position] == lineFeed { position += 1 }
    }
    let rest = chunk[position...]
    let end = rest.firstIndex { $0 == lineFeed || $0 == carriageReturn }
    line += rest[..<(end ?? rest.endIndex)].prefix(max(0, limit - line.count))
    position = end.map { $0 + 1 } ?? chunk.count
    if let end {
      skipsLineFeed = chunk[end] == carriageReturn
    } else if !isAtEnd {
      return .incomplete
    } else if line.isEmpty {
      return .end
    }
    defer { line = [] }
    return .line(line)
  }
}

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
