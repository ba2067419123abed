// Which values rule mail to a domain: the same for deliveries and for what `destconfig` says.
extension Configuration {
  /// The name of the entry that rules mail to a domain: its own, else the nearest `.parent`.
  ///
  /// - Returns: nil where the default entry rules.
  public func destinationEntry(for domain: String) -> String? {
    let entries = destinations
    return DestinationDomain.candidates(for: domain).first { entries[$0] != nil }
  }

  /// The values that rule mail to a domain, with the default's where its entry sets none.
  public func destinationControls(for domain: String) -> DestinationDefaults {
    guard let name = destinationEntry(for: domain), let entry = destinations[name] else {
      return outbound.defaults
    }
    return outbound.defaults.overridden(by: entry)
  }

  /// Whether mail to a domain follows an SMTP route, in place of its MX hosts.
  ///
  /// DANE is not applied to such mail (RFC 7672, section 2.2: it starts from MX records).
  public func hasRoute(for domain: String) -> Bool {
    routes.route(for: domain)?.usesOrdinaryDNS == false
  }
}

extension DestinationDefaults {
  /// These values with an entry's own in place of those that it sets.
  public func overridden(by own: Destination) -> DestinationDefaults {
    var result = self
    result.maxConnections = own.maxConnections ?? maxConnections
    result.maxMessagesPerConnection = own.maxMessagesPerConnection ?? maxMessagesPerConnection
    result.recipientMinutes = own.recipientMinutes ?? recipientMinutes
    result.recipientLimit = own.recipientLimit ?? recipientLimit
    result.scope = own.scope ?? scope
    result.tls = own.tls ?? tls
    result.dane = own.dane ?? dane
    result.bounceVerification = own.bounceVerification ?? bounceVerification
    result.bounceProfile = own.bounceProfile ?? bounceProfile
    result.addressPreference = own.addressPreference ?? addressPreference
    return result
  }
}

extension Destination {
  /// An entry that sets every value, as the default entry does.
  public init(_ values: DestinationDefaults) {
    maxConnections = values.maxConnections
    maxMessagesPerConnection = values.maxMessagesPerConnection
    recipientMinutes = values.recipientMinutes
    recipientLimit = values.recipientLimit
    scope = values.scope
    tls = values.tls
    dane = values.dane
    bounceVerification = values.bounceVerification
    bounceProfile = values.bounceProfile
    addressPreference = values.addressPreference
  }

  /// Whether it limits connections or recipients itself.
  public var hasOwnLimit: Bool { maxConnections != nil || recipientLimit != nil }

  /// The entry with what belongs together set together: a limit of recipients has its minutes, and
  /// what limits are counted over is said where there is a limit, and only there.
  public var completed: Destination {
    var result = self
    result.recipientMinutes =
      recipientLimit == nil ? nil : recipientMinutes ?? DestinationDefaults().recipientMinutes
    result.scope = hasOwnLimit ? scope ?? LimitScope() : nil
    return result
  }
}
