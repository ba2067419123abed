/// The name of a route: `example.com`, `.example.com` for its sub-domains, or ALL.
public struct RouteDomain: Hashable, Sendable {
  /// The name of the route for everything that has no nearer one.
  public static let catchAll = "ALL"

  /// The name, in small letters but for ALL.
  public let text: String

  /// Reads a name.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what such a name is.
  public init(_ text: String) throws(ConfigurationError) {
    if text.uppercased() == Self.catchAll {
      self.text = Self.catchAll
      return
    }
    guard let domain = try? DestinationDomain(text) else {
      throw ConfigurationError(
        "A route is for a domain like example.com, for sub-domains like .example.com, or for ALL.")
    }
    self.text = domain.text
  }
}
