/// Why a conversation with a directory server cannot go on.
public enum LDAPFault: Error, Hashable, Sendable {
  /// What came is no LDAP; the text says where.
  case malformed(String)
  /// A message is longer than a client has to bear, or too many came.
  case tooLong
  /// A message that belongs to nothing that was asked.
  case unexpected
  /// Clear text stands behind the answer to StartTLS (RFC 4511 section 4.14.1).
  case clearText
  /// The server said that it ends the connection (RFC 4511 section 4.4.1).
  case disconnection(LDAPResult)
}

extension LDAPFault: CustomStringConvertible {
  /// The fault as a clause.
  public var description: String {
    switch self {
    case .malformed(let detail): "the server does not speak LDAP: \(detail)"
    case .tooLong: "the server's answer is too long"
    case .unexpected: "the server answered what was not asked"
    case .clearText: "the server sent clear text after its answer to StartTLS"
    case .disconnection(let result): "the server ended the connection: \(result)"
    }
  }
}
