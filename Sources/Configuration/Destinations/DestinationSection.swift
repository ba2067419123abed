/// The parameters of one section of the file: of a domain, or of the default with what is global.
public struct DestinationSection: Sendable {
  /// The entry's values.
  public var entry: Destination
  /// The certificate that deliveries present; nil for a domain's section.
  public var certificate: String?
  /// Whether a failed required TLS connection raises an alert; nil for a domain's section.
  public var alerts: Bool?
  /// What was set or unset here.
  private var given: Set<DestinationParameter> = []

  /// The section of a domain.
  public init(_ entry: Destination = Destination()) { self.entry = entry }

  /// The section of the default, which holds the global settings too.
  public init(_ settings: OutboundSettings) {
    entry = Destination(settings.defaults)
    certificate = settings.certificate
    alerts = settings.alertsOnRequiredTLSFailure
  }

  /// The global settings and the default entry that the default's section stands for.
  public func settings(replacing present: OutboundSettings) -> OutboundSettings {
    var settings = present
    settings.defaults = present.defaults.overridden(by: entry)
    settings.certificate = certificate ?? present.certificate
    settings.alertsOnRequiredTLSFailure = alerts ?? present.alertsOnRequiredTLSFailure
    return settings
  }

  /// Sets a parameter from its text.
  ///
  /// - Throws: `ConfigurationError` with the sentence for a value that means nothing.
  public mutating func set(
    _ parameter: DestinationParameter, to text: String, _ vocabulary: DestinationVocabulary
  ) throws(ConfigurationError) {
    guard !text.isEmpty else { throw ConfigurationError("It has no value.") }
    given.insert(parameter)
    switch parameter {
    case .addressPreference: entry.addressPreference = try Words.addressPreference.value(text)
    case .maxConnections: entry.maxConnections = try number(text, Destination.connectionRange)
    case .maxMessagesPerConnection:
      entry.maxMessagesPerConnection = try number(text, Destination.messageRange)
    case .recipientMinutes: entry.recipientMinutes = try number(text, Destination.minuteRange)
    case .recipientLimit: entry.recipientLimit = try number(text, Destination.recipientRange)
    case .limitType:
      let isPerExchanger = try Words.limitType.value(text)
      entry.scope = entry.scope ?? LimitScope()
      entry.scope?.isPerExchanger = isPerExchanger
    case .limitApply:
      let isPerGateway = try Words.limitApply.value(text)
      entry.scope = entry.scope ?? LimitScope()
      entry.scope?.isPerGateway = isPerGateway
    case .bounceVerification: entry.bounceVerification = try Words.flag.value(text)
    case .tls: entry.tls = try Words.tls.value(text)
    case .dane: entry.dane = try Words.dane.value(text)
    case .bounceProfile:
      entry.bounceProfile = try name(text, of: "bounce profile", vocabulary.bounceProfiles)
    case .alerts: alerts = try Words.flag.value(text)
    case .certificate: certificate = try name(text, of: "certificate", vocabulary.certificates)
    }
  }

  /// Whether it is the default's.
  private var isDefault: Bool { certificate != nil }

  /// Has DANE go with a level that was switched off, unless it was given too.
  public mutating func settle() {
    if given.contains(.tls), !given.contains(.dane), (entry.tls ?? .off) == .off {
      entry.dane = isDefault ? DANESupport.none : nil
    }
  }

  /// Looks whether each parameter that was given has an effect; the appliance's files may hold more.
  ///
  /// - Throws: `ConfigurationError` with the sentence for one that means nothing without another.
  public func verify() throws(ConfigurationError) {
    if given.contains(.dane), entry.tls == .off, (entry.dane ?? .none) != DANESupport.none {
      throw .meaningless(.dane, without: "a TLS level")
    }
    guard !isDefault else { return }
    if given.contains(.recipientMinutes), entry.recipientLimit == nil {
      throw .meaningless(.recipientMinutes, without: "recipient_limit")
    }
    for parameter in [DestinationParameter.limitType, .limitApply]
    where given.contains(parameter) && !entry.hasOwnLimit {
      throw .meaningless(parameter, without: "max_host_concurrency or recipient_limit")
    }
  }

  /// Has a parameter come from the default again.
  public mutating func unset(_ parameter: DestinationParameter) {
    // A level that goes takes DANE with it; all else that goes is as if it had not been given.
    if parameter == .tls { given.insert(.tls) } else { given.remove(parameter) }
    switch parameter {
    case .addressPreference: entry.addressPreference = nil
    case .maxConnections: entry.maxConnections = nil
    case .maxMessagesPerConnection: entry.maxMessagesPerConnection = nil
    case .recipientMinutes: entry.recipientMinutes = nil
    case .recipientLimit: entry.recipientLimit = nil
    case .limitType: entry.scope?.isPerExchanger = false
    case .limitApply: entry.scope?.isPerGateway = false
    case .bounceVerification: entry.bounceVerification = nil
    case .tls: entry.tls = nil
    case .dane: entry.dane = nil
    case .bounceProfile: entry.bounceProfile = nil
    case .alerts: alerts = nil
    case .certificate: certificate = nil
    }
  }

  /// A parameter's text; nil where the section does not set it.
  func text(of parameter: DestinationParameter) -> String? {
    switch parameter {
    case .addressPreference: entry.addressPreference.map(Words.addressPreference.word)
    case .maxConnections: entry.maxConnections.map(String.init)
    case .maxMessagesPerConnection: entry.maxMessagesPerConnection.map(String.init)
    case .recipientMinutes: entry.recipientMinutes.map(String.init)
    case .recipientLimit: entry.recipientLimit.map(String.init)
    case .limitType: entry.scope.map { Words.limitType.word($0.isPerExchanger) }
    case .limitApply: entry.scope.map { Words.limitApply.word($0.isPerGateway) }
    case .bounceVerification: entry.bounceVerification.map { $0 ? "1" : "0" }
    case .tls: entry.tls.map(Words.tls.word)
    case .dane: entry.dane.map(Words.dane.word)
    case .bounceProfile: entry.bounceProfile
    case .alerts: alerts.map { $0 ? "1" : "0" }
    case .certificate: certificate
    }
  }

  private func number(
    _ text: String, _ range: ClosedRange<Int>
  ) throws(ConfigurationError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw ConfigurationError(
        "\(text.quoted) is no integer from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  private func name(
    _ text: String, of what: String, _ known: Set<String>
  ) throws(ConfigurationError) -> String {
    guard known.contains(text) else {
      throw ConfigurationError("There is no \(what) \(text.quoted).")
    }
    return text
  }
}

extension ConfigurationError {
  fileprivate static func meaningless(
    _ parameter: DestinationParameter, without other: String
  ) -> ConfigurationError {
    ConfigurationError("\(parameter.rawValue) means nothing without \(other).")
  }
}
