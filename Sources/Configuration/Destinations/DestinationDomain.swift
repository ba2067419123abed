/// The name of an entry of destination controls: `example.com`, or `.example.com` for its
/// sub-domains.
public struct DestinationDomain: Hashable, Sendable {
  /// The name, in lower case.
  public let text: String

  /// Reads a name.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what such a name is.
  public init(_ text: String) throws(ConfigurationError) {
    let isParent = text.hasPrefix(".")
    let labels = text.dropFirst(isParent ? 1 : 0).split(
      separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= (isParent ? 1 : 2), text.utf8.count <= 253,
      labels.allSatisfy(HostName.isLabel), labels.last?.allSatisfy(\.isNumber) == false
    else {
      throw ConfigurationError(
        "A domain looks like example.com, or like .example.com for its sub-domains.")
    }
    self.text = text.lowercased()
  }

  /// The names under which a table may hold a domain, the nearest first.
  ///
  /// For `a.b.com` these are `a.b.com`, `.b.com` and `.com`: as many as the domain has labels.
  static func candidates(for domain: String) -> some Sequence<String> {
    let domain = domain.lowercased()
    return sequence(first: domain) { name in
      name.dropFirst().firstIndex(of: ".").map { String(name[$0...]) }
    }
  }
}
