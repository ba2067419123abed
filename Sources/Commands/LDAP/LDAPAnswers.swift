import Configuration
import Dialogue

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
