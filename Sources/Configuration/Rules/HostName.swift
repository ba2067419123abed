/// A fully qualified host name: at least one dot, letters, digits and hyphens (RFC 1123).
public struct HostName: Hashable, Sendable {
  /// The name, in lower case.
  public let text: String

  /// Reads a name.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a host name is.
  public init(_ text: String) throws(ConfigurationError) {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, text.utf8.count <= 253, IPv4Address(text) == nil,
      labels.allSatisfy(Self.isLabel), labels.last?.allSatisfy(\.isNumber) == false
    else {
      throw ConfigurationError(
        "A hostname is a name with at least one dot, of letters, digits and hyphens, such as mail.example.com."
      )
    }
    self.text = text.lowercased()
  }

  static func isLabel(_ label: Substring) -> Bool {
    let bytes = label.utf8
    return (1...63).contains(bytes.count) && bytes.first != UInt8(ascii: "-")
      && bytes.last != UInt8(ascii: "-")
      && bytes.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
  }
}

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
