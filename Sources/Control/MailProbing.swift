/// Whoever tries, for a session, how mail would be handed to other servers; no mail is sent.
public protocol MailProbing: Sendable {
  /// Finds the servers that take mail for a domain.
  ///
  /// - Parameter detour: a server to try in place of those; nil for the ordinary way.
  /// - Throws: `ProbeFailure` when there is none.
  func route(to domain: String, by detour: ProbedPlace?) async throws -> ProbedRoute
}

/// A server as somebody names it: a host name or an address, and a port.
public struct ProbedPlace: Hashable, Sendable {
  /// A host name or four decimal bytes.
  public var host: String
  /// The TCP port.
  public var port: Int

  /// Makes a place.
  public init(host: String, port: Int = 25) {
    self.host = host
    self.port = port
  }
}

/// The servers that take mail for a domain.
public struct ProbedRoute: Sendable {
  /// What named the servers.
  public enum Source: Sendable {
    case smtpRoute, exchangers, address
  }

  /// What named the servers.
  public let source: Source
  /// Whether DNSSEC vouches for the way from the domain to the servers' names.
  public let isSecure: Bool
  /// The servers, the first to be tried first.
  public let servers: [any ProbedServer]

  /// Makes a route.
  public init(source: Source, isSecure: Bool, servers: [any ProbedServer]) {
    self.source = source
    self.isSecure = isSecure
    self.servers = servers
  }
}

/// A mail server that may be connected to.
public protocol ProbedServer: Sendable {
  /// Its name, or its address when it has no other.
  var name: String { get }
  /// The TCP port.
  var port: Int { get }
  /// Its IPv4 addresses; none when there is an obstacle.
  var addresses: [String] { get }
  /// Whether DNSSEC vouches for the way from the domain to its addresses.
  var isSecure: Bool { get }
  /// Why there is no address, as a clause.
  var obstacle: String? { get }

  /// Looks up what DANE demands of it.
  func tlsa() async -> ProbedTLSA
  /// Connects to it at one of its addresses.
  ///
  /// - Throws: `ProbeFailure`.
  func connect(to address: String) async throws -> any ProbedConnection
}

/// What DANE demands of a server.
public enum ProbedTLSA: Hashable, Sendable {
  /// Nothing: there are no secure records.
  case none
  /// What these records say, written as in a master file.
  case usable([String])
  /// There are secure records, and nobody can act on them.
  case unusable
  /// The records cannot be had, or are bogus; a clause.
  case failed(String)
}

/// A connection to a mail server; whoever has it closes it.
public protocol ProbedConnection: Sendable {
  /// The appliance's address from which it comes.
  var source: String { get }
  /// Starts TLS and goes on whatever chain and names the server shows.
  ///
  /// - Throws: `ProbeFailure` when there is no TLS.
  func startTLS() async throws -> ProbedTLS
  /// Starts TLS, and ends it when the server is not what its TLSA records say.
  ///
  /// - Throws: `ProbeFailure`.
  func startDANE() async throws -> ProbedTLS
  /// Says goodbye.
  func close() async
}

/// What was found out about a server's TLS.
public struct ProbedTLS: Hashable, Sendable {
  /// Such as `TLSv1.2`.
  public var protocolName: String
  /// Such as `ECDHE-RSA-AES256-GCM-SHA384`.
  public var cipher: String
  /// The common name of its certificate; empty when there is none.
  public var commonName = ""
  /// Whom its certificate is for, as a list for people.
  public var names = "nobody"
  /// What is wrong with its chain, nearest the leaf; nil when it is trusted.
  public var chainFault: String?
  /// What is wrong with its names; nil when one is the right one.
  public var nameFault: String?
  /// The name by which its certificate is the right one; nil for none.
  public var match: String?

  /// Makes facts about a server whose certificate is not looked at yet.
  public init(protocolName: String, cipher: String) {
    self.protocolName = protocolName
    self.cipher = cipher
  }
}

/// Why something could not be tried, as a clause.
public struct ProbeFailure: Error, Hashable, CustomStringConvertible {
  /// The clause.
  public let description: String

  /// Makes a failure from its clause.
  public init(_ clause: String) { description = clause }
}
