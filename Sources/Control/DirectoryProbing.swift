/// Whoever talks, for a session, with a directory server, as the appliance would.
public protocol DirectoryProbing: Sendable {
  /// Connects to a server, at the first of its addresses that answers, from the interface that is
  /// configured for LDAP.
  ///
  /// - Throws: `DirectoryFailure.unreachable`.
  func connect(to server: ProbedPlace) async throws -> any DirectoryConnection
}

/// A connection to a directory server; whoever has it closes it.
public protocol DirectoryConnection: Sendable {
  /// The server's address.
  var address: String { get }
  /// The appliance's address from which it comes.
  var source: String { get }

  /// Starts TLS with the certificate that is configured for LDAP.
  ///
  /// - Parameter way: how it begins.
  /// - Throws: `DirectoryFailure.tls`, also when the server's certificate must verify and does not.
  func startTLS(_ way: DirectoryTLSStart) async throws -> DirectoryTLS
  /// Says who the appliance is.
  ///
  /// - Parameters:
  ///   - name: the name to bind with; empty for anonymous.
  ///   - password: the password; empty for anonymous.
  /// - Throws: `DirectoryFailure.bind`, `.tls` or `.lost`.
  func bind(as name: String, password: [UInt8]) async throws
  /// Counts the entries under a base that a query means; a server may stop after some.
  ///
  /// - Parameters:
  ///   - query: a filter with tokens.
  ///   - tokens: what stands for each, the braces included.
  ///   - base: the name of the entry where the search begins.
  /// - Throws: `DirectoryFailure.query` or `.lost`.
  func count(_ query: String, _ tokens: [String: String], under base: String) async throws -> Int
  /// Says goodbye.
  func close() async
}

/// How TLS begins on a connection to a directory server.
public enum DirectoryTLSStart: Sendable {
  /// With the first byte (`ldaps`).
  case atOnce
  /// After a request in clear.
  case onRequest
}

/// What was found out about a directory server's TLS.
public struct DirectoryTLS: Hashable, Sendable {
  /// Such as `TLSv1.2`.
  public var protocolName: String
  /// Such as `ECDHE-RSA-AES256-GCM-SHA384`.
  public var cipher: String
  /// The name by which the server's certificate is the right one; nil where nobody looked.
  public var verifiedName: String?
  /// The profile that was presented; nil when the server asked for no certificate.
  public var presentedCertificate: String?

  /// Makes facts.
  public init(
    protocolName: String, cipher: String, verifiedName: String? = nil,
    presentedCertificate: String? = nil
  ) {
    self.protocolName = protocolName
    self.cipher = cipher
    self.verifiedName = verifiedName
    self.presentedCertificate = presentedCertificate
  }
}

/// Why a directory server could not be used; each with a clause.
public enum DirectoryFailure: Error, Hashable, Sendable {
  /// There is no connection.
  case unreachable(String)
  /// There is no TLS, or not as it must be.
  case tls(String)
  /// The server does not take the appliance for who it says it is, such as
  /// `<LDAP Error "invalidCredentials" [0x31]>`.
  case bind(String)
  /// The server does not answer a query.
  case query(String)
  /// The connection ended before its time.
  case lost(String)
}
