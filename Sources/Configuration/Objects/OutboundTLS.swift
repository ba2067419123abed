/// How hard TLS is tried towards a domain (G14).
///
/// Two facts, not one order: see the properties.
public enum OutboundTLS: String, Codable, Sendable, CaseIterable {
  case off = "off"
  case preferred = "on"
  case required = "required"
  case preferredVerify = "on_verify"
  case requiredVerify = "require_verify"
  case requiredVerifyHosted = "require_verify_hosted"

  /// Nothing travels in clear text.
  public var requiresEncryption: Bool {
    self == .required || self == .requiredVerify || self == .requiredVerifyHosted
  }
  /// The peer's certificate is checked.
  public var verifiesPeer: Bool {
    self == .preferredVerify || self == .requiredVerify || self == .requiredVerifyHosted
  }
}

/// Whether DANE (RFC 7672) is used towards a domain.
public enum DANESupport: String, Codable, Sendable, CaseIterable {
  case none, opportunistic, mandatory
}
