/// How far into the shown lines a run of transcript lines may have come.
///
/// `...` makes several places possible at once; each keeps what was captured on the way there.
/// Of two ways to one place the first found stays, so the work is lines times places.
struct Places {
  private let output: [String]
  private var reached: [(place: Int, captures: [String: String])]

  init(_ output: [String], _ captures: [String: String]) {
    self.output = output
    reached = [(0, captures)]
  }

  /// What was captured when all lines are matched, or nil when they are not.
  var complete: [String: String]? {
    guard let last = reached.last, last.place == output.count else { return nil }
    return last.captures
  }

  /// Goes over `...`.
  mutating func passDots() {
    guard let first = reached.first else { return }
    var captures = first.captures
    var known = reached[...]
    reached = (first.place...output.count).map { place in
      if let next = known.first, next.place == place {
        captures = next.captures
        known.removeFirst()
      }
      return (place, captures)
    }
  }

  /// Goes over a line; false, and nothing is changed, when no place is left after it.
  mutating func pass(_ pattern: LinePattern) -> Bool {
    var next: [(place: Int, captures: [String: String])] = []
    for (place, captures) in reached where place < output.count {
      var captures = captures
      if pattern.matches(output[place], &captures) { next.append((place + 1, captures)) }
    }
    guard !next.isEmpty else { return false }
    reached = next
    return true
  }
}
