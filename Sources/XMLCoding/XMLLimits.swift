/// How much a document may hold; all counts are generous for a configuration and small for the
/// machine that reads it.
public struct XMLLimits: Equatable, Sendable {
  /// Bytes of the whole document.
  public var bytes = 64 << 20
  /// Elements inside one another.
  public var depth = 64
  /// Elements in all.
  public var elements = 1_000_000
  /// Attributes of one element.
  public var attributes = 32
  /// Bytes (UTF-8) of one attribute's name and value together.
  public var attributeBytes = 64 << 10
  /// Bytes (UTF-8) of one element's text.
  public var textBytes = 8 << 20

  /// The limits of `XMLReader` unless it is told others.
  public static let standard = XMLLimits()

  /// Makes the standard limits.
  public init() {}
}
