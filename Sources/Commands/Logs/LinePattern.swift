import Foundation
import Dialogue

/// A regular expression over log lines (ICU's syntax).
struct LinePattern: Answer, @unchecked Sendable {
  // NSRegularExpression does not change after it is made.
  private let expression: NSRegularExpression
  let shown: String

  init(answer: String) throws(InvalidAnswer) { try self.init(answer, ignoresCase: false) }

  init(_ text: String, ignoresCase: Bool) throws(InvalidAnswer) {
    do {
      expression = try NSRegularExpression(
        pattern: text, options: ignoresCase ? [.caseInsensitive] : [])
    } catch {
      throw InvalidAnswer("\"\(text)\" is not a regular expression.")
    }
    shown = text
  }

  /// The same expression with or without regard to case.
  func ignoringCase(_ ignoresCase: Bool) -> LinePattern {
    (try? LinePattern(shown, ignoresCase: ignoresCase)) ?? self
  }

  /// Whether it occurs in a line.
  func matches(_ line: String) -> Bool {
    expression.firstMatch(in: line, range: NSRange(line.startIndex..., in: line)) != nil
  }
}
