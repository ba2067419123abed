/// A type that can be read from what a user types; validation is a type, not a step.
public protocol Answer: Sendable {
  /// Reads an answer, without surrounding blanks and never empty.
  ///
  /// - Throws: `InvalidAnswer` with the sentence that `ask` prints before it asks again.
  init(answer: String) throws(InvalidAnswer)

  /// How the value is shown in the bracket of a question.
  var shown: String { get }
}

/// Why an answer was not taken, in one sentence.
///
/// A batch form lets it fail the command, which prints the same sentence.
public struct InvalidAnswer: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Makes an error from its sentence.
  public init(_ sentence: String) { description = sentence }
}

extension String: Answer {
  /// Takes any text.
  public init(answer: String) throws(InvalidAnswer) { self = answer }
  /// The text itself.
  public var shown: String { self }
}
