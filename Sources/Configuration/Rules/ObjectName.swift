/// The name of a certificate profile, interface, listener: short, printable, without quotes.
public struct ObjectName: Hashable, Sendable {
  /// The name.
  public let text: String

  /// Reads a name of 1 to 64 letters, digits, blanks, and `. _ - @`.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a name is.
  public init(_ text: String) throws(ConfigurationError) {
    let allowed = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || " ._-@".unicodeScalars.contains($0)
    }
    guard (1...64).contains(text.count), allowed, text.first != " ", text.last != " " else {
      throw ConfigurationError(
        "A name has 1 to 64 characters: letters, digits, spaces and . _ - @ only.")
    }
    self.text = text
  }
}
