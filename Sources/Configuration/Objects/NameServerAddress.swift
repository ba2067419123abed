import Addresses

/// The address of a name server, such as `10.0.0.53` or, with a port, `127.0.0.1@5353`.
public struct NameServerAddress: Hashable, Sendable {
  /// The address, with `@` and a port unless that is 53.
  public let text: String

  /// Reads an IPv4 or IPv6 address, behind which `@` and a port may stand.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what such an address is.
  public init(_ text: String) throws(ConfigurationError) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let port = parts.count == 2 ? UInt16(parts[1]) : 53
    let address =
      parts.first.flatMap { IPv4Address($0)?.description }
      ?? parts.first.flatMap { IPv6Address($0)?.description }
    guard parts.count <= 2, let port, port > 0, let address else {
      throw ConfigurationError(
        "A name server is given by its address, such as 10.0.0.53, or 10.0.0.53@5353 with a port.")
    }
    self.text = port == 53 ? address : "\(address)@\(port)"
  }
}

/// A domain that has name servers of its own: any name, one label too.
public struct ServedDomain: Hashable, Sendable {
  /// The name, in small letters.
  public let text: String

  /// Reads a name.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what such a name is.
  public init(_ text: String) throws(ConfigurationError) {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= 253, labels.allSatisfy(HostName.isLabel) else {
      throw ConfigurationError("A domain is a name such as example.com, com or 10.in-addr.arpa.")
    }
    self.text = text.lowercased()
  }
}
