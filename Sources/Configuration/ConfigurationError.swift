/// A change of the configuration that its rules forbid, with the sentence for the user.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// One clear sentence.
  public var description: String

  /// Makes an error from its sentence.
  public init(_ sentence: String) { description = sentence }
}
