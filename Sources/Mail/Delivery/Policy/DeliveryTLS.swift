import Configuration
import ServiceTLS

/// What TLS means for one connection to one host: the domain's level and DANE's word together.
struct DeliveryTLS: Hashable, Sendable {
  /// What becomes of the peer's chain in the handshake.
  enum ChainCheck: Hashable, Sendable, CaseIterable {
    /// Nobody looks at it.
    case none
    /// It is looked at, and mail goes on whatever comes out.
    case reported
    /// It must lead to a trusted authority.
    case required
    /// It must be what the TLSA records say.
    case dane
  }

  /// Whether STARTTLS is sent.
  let triesTLS: Bool
  /// Whether nothing travels in clear text.
  let requiresEncryption: Bool
  /// What becomes of the peer's chain.
  let chainCheck: ChainCheck
  /// The rules for the names in its certificate, after the handshake; nil for none.
  ///
  /// DANE's names are checked in the handshake.
  let nameRules: NameRules?
  /// Whether a failure raises an alert, if the switch is on (G15).
  let alertsOnFailure: Bool

  /// Whether a chain or name that does not verify keeps mail from being sent.
  var requiresVerification: Bool { chainCheck == .required || chainCheck == .dane }

  /// Takes a domain's own level as it stands.
  init(_ level: OutboundTLS) {
    triesTLS = level.triesTLS
    requiresEncryption = level.requiresEncryption
    alertsOnFailure = level.requiresEncryption
    chainCheck =
      level.verifiesPeer ? (level.requiresEncryption ? .required : .reported) : .none
    nameRules = level.nameRules
  }

  /// Decides how a host is to be treated.
  ///
  /// - Parameters:
  ///   - level: the domain's own level.
  ///   - dane: whether DANE is used towards the domain.
  ///   - tlsa: what the DNS says of the host.
  /// - Throws: `DANERefusal` when the host must not be connected to for this mail.
  init(
    _ level: OutboundTLS, dane: DANESupport, tlsa: TLSASituation
  ) throws(DANERefusal) {
    guard dane != .none else {
      self.init(level)
      return
    }
    let isMandatory = dane == .mandatory
    let alerts = isMandatory || level.requiresEncryption
    switch tlsa {
    case .usable:
      // Opportunistic or not: the domain has said that it does TLS.
      self.init(encryptedWith: .dane, alertsOnFailure: true)
    case .none where !isMandatory:
      self.init(level)
    case .unusable where !isMandatory && level.verifiesPeer && level.requiresEncryption:
      // What a domain publishes does not switch off what is demanded here.
      self.init(level)
    case .unusable where !isMandatory:
      self.init(encryptedWith: .none, alertsOnFailure: alerts)
    case .none:
      throw DANERefusal(reason: "there are no secure TLSA records", alerts: alerts)
    case .unusable:
      throw DANERefusal(reason: "no TLSA record is usable", alerts: alerts)
    case .failed(let reason):
      throw DANERefusal(reason: reason, alerts: alerts)
    }
  }

  private init(encryptedWith chainCheck: ChainCheck, alertsOnFailure: Bool) {
    triesTLS = true
    requiresEncryption = true
    self.chainCheck = chainCheck
    nameRules = nil
    self.alertsOnFailure = alertsOnFailure
  }
}

/// Why DANE keeps a host from being connected to: the next host is tried, the message waits.
struct DANERefusal: Error, Hashable, Sendable {
  /// A clause such as `no TLSA record is usable`.
  let reason: String
  /// Whether it raises an alert, if the switch is on (G15).
  let alerts: Bool
}

extension OutboundTLS {
  /// STARTTLS is sent.
  var triesTLS: Bool { self != .off }

  /// The rules for the names in a peer's certificate; nil where nobody looks.
  var nameRules: NameRules? {
    guard verifiesPeer else { return nil }
    return self == .requiredVerifyHosted ? .hosted : .verify
  }
}
