/// Why a document was not read, as one sentence with the line.
public struct XMLReadError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, counted from 1.
  public var line: Int
  /// What is wrong there, without a final period.
  public var reason: String

  /// The sentence for the user, such as `Line 12: an element is not closed.`.
  public var description: String { "Line \(line): \(reason)." }

  /// Makes an error.
  public init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}
