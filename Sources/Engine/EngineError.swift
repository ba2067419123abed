/// Why the engine cannot do something, as a sentence.
public struct EngineError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
