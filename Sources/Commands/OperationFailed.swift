/// An operation that could not be done, with the sentence for the user.
public struct OperationFailed: Error, Equatable, CustomStringConvertible {
  /// One clear sentence.
  public let description: String

  /// Makes an error from its sentence.
  public init(_ sentence: String) { description = sentence }
}

/// Arguments that a command's batch form does not take.
public struct InvalidArguments: Error, Equatable {}
