/// What came of looking for the lists of a CRL source.
public struct CRLUpdate: Codable, Hashable, Sendable {
  /// The source's name.
  public var source: String
  /// Whether its lists are those that lie at its places now.
  public var isDone: Bool
  /// What was found or why nothing was, and what is in use now: clauses without a name.
  public var text: String

  /// Makes a result.
  public init(source: String, isDone: Bool, text: String) {
    self.source = source
    self.isDone = isDone
    self.text = text
  }
}
