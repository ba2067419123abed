/// What a client asks of a directory server.
public enum LDAPRequest: Hashable, Sendable {
  /// Who the client is: a name and a password, both empty for anonymous (RFC 4513 section 5.1).
  case bind(name: String, password: [UInt8])
  /// TLS on this connection (RFC 4511 section 4.14).
  case startTLS
  /// Which entries there are (RFC 4511 section 4.5.1).
  case search(LDAPSearch)
  /// The end of the connection; nobody answers (RFC 4511 section 4.3).
  case unbind

  /// The name of the StartTLS operation.
  static let startTLSName = "1.3.6.1.4.1.1466.20037"

  /// The request as a message.
  ///
  /// - Parameter id: the message's number, from 1.
  public func message(id: Int) -> [UInt8] {
    BERWriter.element(BERTag.sequence, of: BERWriter.integer(id), operation)
  }

  private var operation: [UInt8] {
    switch self {
    case .bind(let name, let password):
      BERWriter.element(
        0x60, of: BERWriter.integer(3), BERWriter.octets(name),
        BERWriter.element(BERTag.context(0), password))
    case .startTLS:
      BERWriter.element(
        0x77, of: BERWriter.element(BERTag.context(0), Array(Self.startTLSName.utf8)))
    case .search(let search): search.operation
    case .unbind: BERWriter.element(0x42, [])
    }
  }
}

/// A search for the names of entries.
public struct LDAPSearch: Hashable, Sendable {
  /// Where to search: the base alone, or all that lies under it too.
  public enum Scope: Int, Hashable, Sendable {
    case base = 0
    case subtree = 2
  }

  /// The name of the entry where the search begins.
  public var base: String
  /// How far it goes.
  public var scope: Scope
  /// Which entries are meant.
  public var filter: SearchFilter
  /// The most entries to return; 0 leaves it to the server.
  public var sizeLimit: Int
  /// The most seconds that the server may take; 0 leaves it to the server.
  public var timeLimit: Int

  /// Makes a search.
  public init(
    base: String, scope: Scope = .subtree, filter: SearchFilter, sizeLimit: Int = 0,
    timeLimit: Int = 0
  ) {
    self.base = base
    self.scope = scope
    self.filter = filter
    self.sizeLimit = sizeLimit
    self.timeLimit = timeLimit
  }

  /// No attributes are asked for: `1.1` (RFC 4511 section 4.5.1.8).
  var operation: [UInt8] {
    BERWriter.element(
      0x63, of: BERWriter.octets(base), BERWriter.integer(scope.rawValue, BERTag.enumerated),
      BERWriter.integer(0, BERTag.enumerated), BERWriter.integer(sizeLimit),
      BERWriter.integer(timeLimit), BERWriter.boolean(false), filter.encoded,
      BERWriter.element(BERTag.sequence, of: BERWriter.octets("1.1")))
  }
}
