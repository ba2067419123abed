import Addresses

/// Where a revocation list lies: on a web server, or in the appliance's `configuration` folder.
public enum CRLPlace: Hashable, Sendable {
  case file(String)
  case web(WebPlace)

  /// Reads a URL or the name of a file.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a place is.
  public init(_ text: String) throws(ConfigurationError) {
    if text.contains("://") {
      self = .web(try WebPlace(text))
    } else {
      guard !text.isEmpty, text == text.printable else {
        throw ConfigurationError("A list lies at a URL or in a file.")
      }
      self = .file(text)
    }
  }
}

/// A page of a web server: `http://HOST[:PORT]/PATH`, in clear.
///
/// Lists bear a signature of their own, and one that could hide something is not taken up
/// (`RevocationDoubts`). Source: RFC 9110 section 4.2.1.
public struct WebPlace: Hashable, Sendable, CustomStringConvertible {
  /// A host name, or an address as four decimal bytes.
  public let host: String
  /// The TCP port.
  public let port: Int
  /// The path with its query, beginning with a slash.
  public let path: String

  /// Reads a URL.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a URL is.
  public init(_ text: String) throws(ConfigurationError) {
    let scheme = "http://"
    guard text.utf8.count <= 1024, text.lowercased().hasPrefix(scheme),
      text.utf8.allSatisfy({ (33..<127).contains($0) })
    else { throw Self.malformed }
    let rest = text.dropFirst(scheme.count).prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first.map(String.init), parts.count <= 2 else { throw Self.malformed }
    if IPv4Address(name) != nil {
      host = name
    } else {
      guard let hostName = try? HostName(name) else { throw Self.malformed }
      host = hostName.text
    }
    guard let port = parts.count == 1 ? 80 : Int(parts[1]), (1...65535).contains(port) else {
      throw Self.malformed
    }
    self.port = port
    let path = rest.dropFirst(authority.count)
    self.path = path.hasPrefix("/") ? String(path) : "/\(path)"
  }

  private init(host: String, port: Int, path: String) {
    self.host = host
    self.port = port
    self.path = path
  }

  /// Where a redirection from here leads; nil where it cannot be followed.
  ///
  /// - Parameter location: a URL, or a path on the same server.
  public func redirected(to location: String) -> WebPlace? {
    guard location.hasPrefix("/"), !location.hasPrefix("//") else {
      return try? WebPlace(location)
    }
    guard location.utf8.allSatisfy({ (33..<127).contains($0) }) else { return nil }
    return WebPlace(host: host, port: port, path: location)
  }

  /// The URL; a usual port is left out.
  public var description: String { "http://\(host)\(port == 80 ? "" : ":\(port)")\(path)" }

  private static let malformed = ConfigurationError(
    "A URL looks like http://crl.example.com/ca.crl; lists are fetched over http only.")
}
