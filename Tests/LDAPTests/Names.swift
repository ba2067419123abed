@testable import LDAP

extension SearchFilter {
  /// Every entry, for a search of a base alone.
  static let anything = SearchFilter.present(attribute: "objectClass")
}

/// Results by which a server refuses (RFC 4511 appendix A).
extension LDAPResult.Code {
  static let protocolError = LDAPResult.Code(rawValue: 2)
  static let noSuchObject = LDAPResult.Code(rawValue: 32)
  static let invalidCredentials = LDAPResult.Code(rawValue: 49)
}
