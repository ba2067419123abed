/// A unified difference from a transcript to its session, three lines of context around it.
struct Difference {
  /// The first line of the file that differs.
  let line: Int
  let lines: [String]

  private static let context = 3
  private static let longest = 200

  init(_ repair: Repair, in transcript: [TranscriptLine], file: String) {
    let before = transcript[..<repair.range.lowerBound].suffix(Difference.context).map(Edit.keep)
    let after = transcript[repair.range.upperBound...].prefix(Difference.context).map(Edit.keep)
    var edits = before + repair.edits + after
    let first = edits.firstIndex { !$0.isKept } ?? before.count
    let last = edits.lastIndex { !$0.isKept } ?? before.count
    let end = min(edits.count, last + 1 + Difference.context)
    line = Difference.place(edits, first, in: transcript)
    edits = Array(edits[max(0, first - Difference.context)..<end])
    let removed = edits.count { !$0.isAdded }
    let added = edits.count { $0.result != nil }
    let start = Difference.place(edits, 0, in: transcript)
    var lines = [
      "--- \(file)", "+++ the session", "@@ -\(start),\(removed) +\(start),\(added) @@",
    ]
    lines += edits.prefix(Difference.longest).map(\.shown)
    if edits.count > Difference.longest {
      lines.append("(\(edits.count - Difference.longest) lines more)")
    }
    self.lines = lines
  }

  private static func place(_ edits: [Edit], _ index: Int, in transcript: [TranscriptLine]) -> Int {
    for edit in edits.dropFirst(index) {
      switch edit {
      case .keep(let line), .remove(let line): return line.number
      case .add: continue
      }
    }
    return transcript.last?.number ?? 1
  }
}
