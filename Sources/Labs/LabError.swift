/// What is wrong with a lab, or with how it is used, as a sentence.
public struct LabError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Makes an error.
  public init(_ sentence: String) { description = sentence }
}
