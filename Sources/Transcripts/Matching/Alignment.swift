/// The fewest edits that make transcript lines tell what was shown.
///
/// `...` takes any number of shown lines at no cost, so a wildcard that still fits stays.
struct Alignment {
  private let lines: ArraySlice<TranscriptLine>
  private let output: [String]
  private let captures: [String: String]
  /// Whether `{{name}}` and expressions may fit; false when they fit one by one but not together.
  private let trustsPatterns: Bool
  /// Whether the lines after the output are left as they are, instead of removed.
  private let leavesTail: Bool
  /// The number of added lines where there is no line beside them.
  private let number: Int
  /// A table cell costs a comparison: beyond this the middle is replaced as a whole.
  private static let largestTable = 4_000_000

  init(
    _ lines: ArraySlice<TranscriptLine>, _ output: [String], _ captures: [String: String],
    trustsPatterns: Bool, leavesTail: Bool = false, number: Int
  ) {
    self.lines = lines
    self.output = output
    self.captures = captures
    self.trustsPatterns = trustsPatterns
    self.leavesTail = leavesTail
    self.number = number
  }

  /// The edits, in order; added lines are literal and have the number of the line they stand at.
  func edits() -> [Edit] {
    // Lines that fit from the start need no table; most of a long output does.
    var prefix = 0
    while prefix < lines.count, prefix < output.count,
      case .text = lines[lines.startIndex + prefix].content, fits(prefix, prefix)
    {
      prefix += 1
    }
    let kept = lines.prefix(prefix).map(Edit.keep)
    let rest = lines.count - prefix
    let shown = output.count - prefix
    guard (rest + 1) * (shown + 1) <= Alignment.largestTable else {
      return kept + replaced(from: prefix)
    }
    return kept + walked(from: prefix, costs: costs(from: prefix))
  }

  private func replaced(from prefix: Int) -> [Edit] {
    let removed: [Edit] = lines.dropFirst(prefix).map { $0.isTransparent ? .keep($0) : .remove($0) }
    return (leavesTail ? [] : removed) + output[prefix...].map { .add(added($0, at: lines.count)) }
  }

  /// `costs[i][j]`: edits for the lines from `i` and the output from `j`.
  private func costs(from prefix: Int) -> [[Int32]] {
    let (m, n) = (lines.count - prefix, output.count - prefix)
    var costs = [[Int32]](repeating: [Int32](repeating: 0, count: n + 1), count: m + 1)
    for j in 0...n { costs[m][j] = Int32(n - j) }
    for i in (0..<m).reversed() {
      let line = lines[lines.startIndex + prefix + i]
      for j in (0...n).reversed() {
        switch line.content {
        case _ where leavesTail && j == n: costs[i][j] = 0
        case _ where line.isTransparent: costs[i][j] = costs[i + 1][j]
        case .dots: costs[i][j] = min(costs[i + 1][j], j < n ? costs[i][j + 1] : .max)
        case .text:
          var best = costs[i + 1][j] + 1
          if j < n { best = min(best, costs[i][j + 1] + 1) }
          if j < n, fits(prefix + i, prefix + j) { best = min(best, costs[i + 1][j + 1]) }
          costs[i][j] = best
        case .directive, .comment: costs[i][j] = costs[i + 1][j] + 1
        }
      }
    }
    return costs
  }

  private func walked(from prefix: Int, costs: [[Int32]]) -> [Edit] {
    let (m, n) = (lines.count - prefix, output.count - prefix)
    var edits: [Edit] = []
    var (i, j) = (0, 0)
    while i < m, !(leavesTail && j == n) {
      let line = lines[lines.startIndex + prefix + i]
      let cost = costs[i][j]
      switch line.content {
      case _ where line.isTransparent:
        // What replaces a removed line stands where that stood.
        if edits.last?.result == nil, !edits.isEmpty, j < n, costs[i][j + 1] + 1 == cost {
          edits.append(.add(added(output[prefix + j], at: prefix + i)))
          j += 1
        } else {
          edits.append(.keep(line))
          i += 1
        }
      case .dots:
        let isDone = costs[i + 1][j] == cost
        if !isDone { j += 1 }
        if isDone || (leavesTail && j == n) {
          edits.append(.keep(line))
          i += 1
        }
      case .text where j < n && costs[i + 1][j + 1] == cost && fits(prefix + i, prefix + j):
        edits.append(.keep(line))
        (i, j) = (i + 1, j + 1)
      case .text where j < n && costs[i + 1][j] + 1 != cost:
        edits.append(.add(added(output[prefix + j], at: prefix + i)))
        j += 1
      default:
        edits.append(.remove(line))
        i += 1
      }
    }
    return edits + output[(prefix + j)...].map { .add(added($0, at: lines.count)) }
  }

  private func fits(_ line: Int, _ shown: Int) -> Bool {
    guard case .text(_, let pattern) = lines[lines.startIndex + line].content,
      trustsPatterns || pattern.isPlain
    else { return false }
    var captures = captures
    return pattern.matches(output[shown], &captures)
  }

  private func added(_ text: String, at offset: Int) -> TranscriptLine {
    let index = min(lines.startIndex + offset, lines.endIndex - 1)
    return TranscriptLine(
      number: lines.indices.contains(index) ? lines[index].number : number, literal: text)
  }
}
