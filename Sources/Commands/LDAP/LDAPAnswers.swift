public import Configuration
public import Dialogue

extension LDAPHosts: Answer {
  /// Reads hosts, separated by commas; the sentence of a refusal says what a host is.
  public init(answer: String) throws(InvalidAnswer) {
    self = try judged { () throws(ConfigurationError) in try Self(answer) }
  }

  /// The hosts.
  public var shown: String { text }
}

extension DirectoryName: Answer {
  /// Reads a name; the sentence of a refusal says what a name is.
  public init(answer: String) throws(InvalidAnswer) {
    self = try judged { () throws(ConfigurationError) in try Self(answer) }
  }

  /// The name.
  public var shown: String { text }
}

/// The name of a server configuration or of a query.
struct DirectoryObjectName: Answer {
  let text: String
  var shown: String { text }

  init(answer: String) throws(InvalidAnswer) {
    text = try judged { () throws(ConfigurationError) in try ObjectName(answer).text }
  }
}

/// An LDAP filter with the appliance's tokens.
struct DirectoryQuery: Answer {
  let text: String
  var shown: String { text }

  init(answer: String) throws(InvalidAnswer) {
    try judged { () throws(ConfigurationError) in try LDAPServer.Query.check(answer) }
    text = answer
  }
}

/// What a query is good for.
enum LDAPQueryKind: String, Sendable {
  case accept = "ldapaccept"
  case group = "ldapgroup"

  /// The query that is offered for a new one.
  func usualFilter(of kind: LDAPServer.Kind) -> String {
    let address =
      switch kind {
      case .activeDirectory: "(proxyAddresses=smtp:{a})"
      case .openLDAP: "(mailLocalAddress={a})"
      case .other: "(mail={a})"
      }
    return self == .accept ? address : "(&(memberOf={g})\(address))"
  }
}
