/// How a server ended an operation (RFC 4511 section 4.1.9).
public struct LDAPResult: Hashable, Sendable {
  /// The code; `success` is 0.
  public let code: Code
  /// The server's words, for people; often empty.
  public let message: String

  /// Makes a result.
  public init(code: Code, message: String = "") {
    self.code = code
    self.message = message
  }

  /// A result code; servers may have codes of their own.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: Int

    /// Makes a code from its number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The operation is done.
    public static let success = Code(rawValue: 0)
    /// There are more entries than were asked for.
    public static let sizeLimitExceeded = Code(rawValue: 4)
  }
}

extension LDAPResult.Code: CustomStringConvertible {
  /// The name as the standard has it, such as `invalidCredentials`; `other` for an unknown number.
  public var description: String { Self.names[rawValue] ?? "other" }

  /// RFC 4511 appendix A.
  private static let names: [Int: String] = [
    0: "success", 1: "operationsError", 2: "protocolError", 3: "timeLimitExceeded",
    4: "sizeLimitExceeded", 5: "compareFalse", 6: "compareTrue", 7: "authMethodNotSupported",
    8: "strongerAuthRequired", 10: "referral", 11: "adminLimitExceeded",
    12: "unavailableCriticalExtension", 13: "confidentialityRequired",
    14: "saslBindInProgress", 16: "noSuchAttribute", 17: "undefinedAttributeType",
    18: "inappropriateMatching", 19: "constraintViolation", 20: "attributeOrValueExists",
    21: "invalidAttributeSyntax", 32: "noSuchObject", 33: "aliasProblem",
    34: "invalidDNSyntax", 36: "aliasDereferencingProblem", 48: "inappropriateAuthentication",
    49: "invalidCredentials", 50: "insufficientAccessRights", 51: "busy", 52: "unavailable",
    53: "unwillingToPerform", 54: "loopDetect", 64: "namingViolation",
    65: "objectClassViolation", 66: "notAllowedOnNonLeaf", 67: "notAllowedOnRDN",
    68: "entryAlreadyExists", 69: "objectClassModsProhibited", 71: "affectsMultipleDSAs",
    80: "other",
  ]
}

extension LDAPResult: CustomStringConvertible {
  /// Such as `<LDAP Error "invalidCredentials" [0x31]>`, and the server's words behind it, with a
  /// question mark for each character that a terminal would act on.
  public var description: String {
    let number = String(code.rawValue, radix: 16)
    let words = message.prefix(200).unicodeScalars.map { scalar -> Character in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: "?"
      default: Character(scalar)
      }
    }
    return "<LDAP Error \"\(code)\" [0x\(number)]>" + (words.isEmpty ? "" : " " + String(words))
  }
}
