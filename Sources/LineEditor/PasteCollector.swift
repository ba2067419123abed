import Dialogue

/// The lines of a paste as they come, up to the dot, cut at the limit.
struct PasteCollector {
  private(set) var lines: [String] = []
  private var remaining: Int

  init(limit: Int) {
    remaining = limit
  }

  /// The most bytes of a line that are worth keeping until its end.
  var longestLine: Int { max(remaining, 2) }

  /// Takes a line without its end; true if it was the dot.
  mutating func take(_ line: some Collection<UInt8>) -> Bool {
    if line.elementsEqual([UInt8(ascii: ".")]) { return true }
    guard remaining > 0 else { return false }
    lines.append(String(decoding: line.prefix(remaining), as: UTF8.self))
    // The line end counts as one byte.
    remaining -= line.count + 1
    return false
  }
}
