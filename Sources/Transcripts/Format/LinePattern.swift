import Foundation

/// What an expected line says about the line that the session shows.
struct LinePattern: Equatable, Sendable {
  private enum Form: Equatable {
    case literal(String)
    /// The texts between `[..]`s.
    case glob([[UInt8]])
    case mixed([Token])
    case invalid(String)
  }

  private let form: Form

  /// Reads a line whose escape at the start is already taken off.
  init(_ text: String) {
    let text = text.droppingTrailingBlanks
    guard text.utf8.contains(UInt8(ascii: "[")) || text.utf8.contains(UInt8(ascii: "{")) else {
      form = .literal(text)
      return
    }
    let tokens = Escapes.tokens(text, patterns: true)
    form = LinePattern.form(tokens)
  }

  private static func form(_ tokens: [Token]) -> Form {
    if tokens.isEmpty { return .literal("") }
    if case .text(let text) = tokens[0], tokens.count == 1 { return .literal(text) }
    if let complaint = complaint(tokens) { return .invalid(complaint) }
    var parts: [[UInt8]] = [[]]
    for token in tokens {
      switch token {
      case .text(let text): parts[parts.count - 1] += text.utf8
      case .any: parts.append([])
      default: return .mixed(tokens)
      }
    }
    return .glob(parts)
  }

  private static func complaint(_ tokens: [Token]) -> String? {
    var wildcards = 0
    for token in tokens {
      switch token {
      case .text: continue
      case .unclosedExpression: return "The expression [re: is not closed by a bracket."
      case .expression(let pattern) where (try? NSRegularExpression(pattern: pattern)) == nil:
        return "[re:\(pattern)] is not a regular expression."
      default: wildcards += 1
      }
    }
    return wildcards > Limits.wildcards
      ? "A line may hold at most \(Limits.wildcards) wildcards." : nil
  }

  /// What is wrong with the line as a pattern; it may still be a prompt and its answer.
  var complaint: String? {
    if case .invalid(let complaint) = form { complaint } else { nil }
  }

  /// Whether the line says something of its own beside its wildcards.
  var isLiteral: Bool {
    switch form {
    case .literal: true
    case .glob(let parts): parts.joined().contains { $0 > 32 }
    case .mixed(let tokens):
      tokens.contains {
        if case .text(let text) = $0 { text.utf8.contains { $0 > 32 } } else { false }
      }
    case .invalid: false
    }
  }

  /// Whether it is compared byte by byte.
  var isPlain: Bool {
    if case .literal = form { true } else { false }
  }

  /// Compares a shown line, blanks at its end taken off, and keeps what is captured.
  func matches(_ line: String, _ captures: inout [String: String]) -> Bool {
    switch form {
    case .literal(let text): return line.utf8.elementsEqual(text.utf8)
    case .glob(let parts): return LinePattern.glob(parts, Array(line.utf8))
    case .mixed(let tokens): return LinePattern.mixed(tokens, line, &captures)
    case .invalid: return false
    }
  }

  /// Leftmost first: linear, whatever the number of wildcards.
  private static func glob(_ parts: [[UInt8]], _ line: [UInt8]) -> Bool {
    guard let first = parts.first, let last = parts.last, parts.count > 1,
      line.count >= first.count + last.count, line.starts(with: first),
      line.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = line[first.count..<(line.count - last.count)]
    for part in parts.dropFirst().dropLast() {
      guard let end = end(of: part, in: rest) else { return false }
      rest = rest[end...]
    }
    return true
  }

  private static func end(of part: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    var start = line.startIndex
    while start + part.count <= line.endIndex {
      if line[start..<(start + part.count)].elementsEqual(part) { return start + part.count }
      start += 1
    }
    return nil
  }

  private static func mixed(
    _ tokens: [Token], _ line: String, _ captures: inout [String: String]
  ) -> Bool {
    var groups: [String: String] = [:]
    var pattern = #"\A"#
    for token in tokens {
      switch token {
      case .text(let text): pattern += NSRegularExpression.escapedPattern(for: text)
      case .any: pattern += ".*?"
      case .expression(let expression): pattern += "(?:\(expression))"
      case .unclosedExpression: return false
      case .capture(let name):
        if let value = captures[name] {
          pattern += NSRegularExpression.escapedPattern(for: value)
        } else if let group = groups[name] {
          pattern += #"\k<\#(group)>"#
        } else {
          let group = "esash\(groups.count)"
          groups[name] = group
          pattern += "(?<\(group)>.+?)"
        }
      }
    }
    // A session's line may hold a lone CR or a Unicode line separator.
    let options: NSRegularExpression.Options = [.dotMatchesLineSeparators]
    let whole = NSRange(line.startIndex..., in: line)
    guard let expression = try? NSRegularExpression(pattern: pattern + #"\z"#, options: options),
      let match = expression.firstMatch(in: line, options: [.anchored], range: whole)
    else { return false }
    for (name, group) in groups {
      guard let range = Range(match.range(withName: group), in: line) else { return false }
      captures[name] = String(line[range])
    }
    return true
  }
}
