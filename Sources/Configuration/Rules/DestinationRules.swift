extension Destination {
  /// How many connections at a time may be allowed.
  public static let connectionRange = 1...10_000
  /// How many messages in one connection may be allowed.
  public static let messageRange = 1...10_000
  /// Over how many minutes recipients may be counted.
  public static let minuteRange = 1...60
  /// How many recipients may be allowed; 0 means unlimited.
  public static let recipientRange = 0...1_000_000
}

extension DeliverySettings {
  /// How many connections at a time may be allowed over all domains.
  public static let connectionRange = 1...10_000
}

extension Configuration {
  /// The names of the bounce profiles that listeners and destinations may use.
  public var bounceProfileNames: [String] { ["Default"] }

  /// Limits that make sense, and bounce profiles that exist, in every entry and in the default.
  func verifyDestinations() throws(ConfigurationError) {
    let profiles = Set(bounceProfileNames)
    // Thousands of entries are looked at in no order; of the bad ones the first by name is told.
    let bad = destinations.values.filter { _, stored in
      (stored.value as? Destination)?.fault(profiles) != nil
    }.keys.min()
    if let bad, let fault = destinations[bad]?.fault(profiles) {
      throw ConfigurationError("The destination \"\(bad.printable)\" \(fault)")
    }
    if let fault = Destination(outbound.defaults).fault(profiles) {
      throw ConfigurationError("The default destination \(fault)")
    }
    for limit in [delivery.maxConnections, delivery.maxTLSConnections]
    where !DeliverySettings.connectionRange.contains(limit) {
      throw ConfigurationError("Deliveries have the impossible limit of \(limit) connections.")
    }
  }
}

extension Destination {
  /// What is wrong with the entry, as the rest of a sentence; nil for nothing.
  fileprivate func fault(_ profiles: Set<String>) -> String? {
    // Each on its own: a list of them, made for each of thousands of entries, would show.
    if let fault = Self.fault(maxConnections, Self.connectionRange, "connections")
      ?? Self.fault(maxMessagesPerConnection, Self.messageRange, "messages in a connection")
      ?? Self.fault(recipientMinutes, Self.minuteRange, "minutes")
      ?? Self.fault(recipientLimit, Self.recipientRange, "recipients")
    {
      return fault
    }
    if let bounceProfile, !profiles.contains(bounceProfile) {
      return "uses the bounce profile \"\(bounceProfile.printable)\", which does not exist."
    }
    return nil
  }

  private static func fault(_ limit: Int?, _ range: ClosedRange<Int>, _ what: String) -> String? {
    guard let limit, !range.contains(limit) else { return nil }
    return "has the impossible limit of \(limit) \(what)."
  }
}
