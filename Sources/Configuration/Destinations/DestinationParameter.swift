/// A parameter of destination controls, as the file of `destconfig` > IMPORT spells it.
public enum DestinationParameter: String, CaseIterable, Sendable {
  case addressPreference = "ip_sort_pref"
  case maxConnections = "max_host_concurrency"
  case maxMessagesPerConnection = "max_messages_per_connection"
  case recipientMinutes = "recipient_minutes"
  case recipientLimit = "recipient_limit"
  case limitType = "limit_type"
  case limitApply = "limit_apply"
  case bounceVerification = "bounce_validation"
  case tls = "table_tls"
  case dane = "dane"
  case bounceProfile = "bounce_profile"
  case alerts = "send_tls_req_alert"
  case certificate = "certificate"

  /// Whether it is a global setting, which only the default's section may hold.
  public var isGlobal: Bool { self == .alerts || self == .certificate }
}

/// What the values of parameters may name: it depends on the configuration and on the release.
public struct DestinationVocabulary: Sendable {
  /// The profiles that deliveries may present.
  let certificates: Set<String>
  /// The bounce profiles.
  let bounceProfiles: Set<String>
  /// The parameters that the release knows.
  let parameters: [DestinationParameter]

  /// The vocabulary of a configuration.
  public init(_ configuration: Configuration, release: Release) {
    certificates = Set(
      configuration.certificates.all.filter { $0.value.purpose == .tls }.map(\.name))
    bounceProfiles = Set(configuration.bounceProfileNames)
    parameters = DestinationParameter.allCases.filter { $0 != .dane || release.hasDANE }
  }

  /// The parameter of this name.
  ///
  /// - Throws: `ConfigurationError` with the sentence for a name that means nothing here.
  public func parameter(_ name: String) throws(ConfigurationError) -> DestinationParameter {
    guard let found = DestinationParameter(rawValue: name.lowercased()), parameters.contains(found)
    else { throw ConfigurationError("\(name.quoted) is no parameter of destination controls.") }
    return found
  }
}
