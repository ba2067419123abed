/// Why the store could not do something, in one sentence for the user.
public struct StoreError: Error, Equatable, CustomStringConvertible {
  /// One clear sentence.
  public let description: String

  /// Makes an error from its sentence.
  public init(_ sentence: String) { description = sentence }
}
