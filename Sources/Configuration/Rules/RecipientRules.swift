extension RecipientRule {
  /// The entry that matches whatever no other did.
  public static let allPattern = "ALL"

  /// Reads an address, a domain, a partial domain or `ALL`; domains in lower case.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a recipient is.
  public init(
    reading text: String, isAccepted: Bool, response: String = ""
  ) throws(ConfigurationError) {
    guard let pattern = Self.pattern(text) else {
      throw ConfigurationError(
        "\"\(text.printable)\" is no recipient: enter an address such as joe@example.com, a domain "
          + "such as example.com, or a partial domain such as .example.com.")
    }
    self.init(pattern: pattern, isAccepted: isAccepted, response: response)
  }

  /// Whether every recipient that `other` matches is matched by this rule too.
  public func covers(_ other: RecipientRule) -> Bool {
    if pattern == other.pattern || pattern == Self.allPattern { return true }
    let domain = other.pattern.split(separator: "@").last.map(String.init) ?? ""
    return pattern.first == "." ? domain.hasSuffix(pattern) : domain == pattern
  }

  private static func pattern(_ text: String) -> String? {
    if text.uppercased() == allPattern { return allPattern }
    if text.first == "." { return text.isPartialDomain ? text.lowercased() : nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last.flatMap({ try? HostName(String($0)) }) else {
      return nil
    }
    if parts.count == 1 { return name.text }
    // In the table's text form `#` begins a comment.
    guard parts[0].isLocalPart, parts[0].first != "#" else { return nil }
    return "\(parts[0])@\(name.text)"
  }
}
