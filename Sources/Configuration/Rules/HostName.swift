import Addresses

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

/// A host somewhere else, named or by its address.
public struct RemoteHost: Hashable, Sendable {
  /// The name in lower case, or the address.
  public let text: String

  /// Reads a fully qualified host name or an IPv4 address.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what is wanted.
  public init(_ text: String) throws(ConfigurationError) {
    if let address = IPv4Address(text) {
      self.text = "\(address)"
    } else if let name = try? HostName(text) {
      self.text = name.text
    } else {
      throw ConfigurationError(
        "A host is a name with at least one dot, such as mail.example.com, or an IPv4 address.")
    }
  }
}

extension String {
  /// Whether this is `.example.com` or `.example`: what stands behind the dot is a domain.
  var isPartialDomain: Bool {
    first == "." && (try? HostName("a" + self)) != nil
  }
}
