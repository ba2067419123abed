extension Listener {
  /// How many connections at a time may be allowed.
  public static let connectionRange = 1...65_535
  /// How long the accept queue may be.
  public static let queueRange = 1...65_535
}

extension InjectionSettings {
  /// How many connections at a time may be allowed over all listeners.
  public static let connectionRange = 1...65_535
  /// How many seconds a client may be silent, or stay.
  public static let timeRange = 1...86_400
}

extension PolicyParameters {
  /// How large a message may be, in bytes.
  public static let sizeRange = 1...2 << 30
  /// How many connections at a time, or messages in one, may be allowed.
  public static let connectionRange = 1...65_535
  /// How many recipients of one message may be allowed.
  public static let recipientRange = 1...100_000
  /// How many recipients an hour may be allowed; 0 means unlimited.
  public static let rateRange = 0...1_000_000
}

extension AlertSettings {
  /// How many seconds duplicates may be held back; 0 for not at all.
  public static let holdBackRange = 0...30 * 86_400
}

extension CRLSource {
  /// How many minutes may lie between updates; 0 for updates by hand.
  public static let intervalRange = 0...30 * 24 * 60
}

extension AccountPolicy {
  /// How many failed logins may lock an account.
  public static let failureRange = 1...60
  /// The fewest characters that may be demanded.
  public static let lengthRange = 1...longestPassphrase
}

extension Configuration {
  /// Numbers that no dialogue would take are not committed either, say from a file.
  func verifyLimits() throws(ConfigurationError) {
    for (name, listener) in listeners.all {
      let holder = "The listener \"\(name)\""
      try demand(listener.maxConnections, Listener.connectionRange, "connections", holder)
      try demand(listener.tcpQueue, Listener.queueRange, "queued connections", holder)
      let table = listener.hostAccess
      try demand(table.defaults.asOverrides, "\(holder), in its defaults,")
      for policy in table.policies {
        try demand(policy.overrides, "\(holder), in the policy \(policy.name.printable),")
      }
    }
    let injection = self.injection
    for limit in [injection.maxConnections, injection.maxTLSConnections] {
      try demand(limit, InjectionSettings.connectionRange, "connections", "The listeners' service")
    }
    for limit in [injection.idleTime, injection.connectionTime] {
      try demand(limit, InjectionSettings.timeRange, "seconds", "The listeners' service")
    }
    let alerts = self.alerts
    for limit in [alerts.initialHoldBack, alerts.maximumHoldBack] {
      try demand(limit, AlertSettings.holdBackRange, "seconds between alerts", "alertconfig")
    }
    let accounts = accountPolicy
    try demand(
      accounts.failuresBeforeLock, AccountPolicy.failureRange, "failed logins", "userconfig")
    try demand(accounts.minimumLength, AccountPolicy.lengthRange, "characters", "userconfig")
  }

  private func demand(_ values: PolicyOverrides, _ holder: String) throws(ConfigurationError) {
    try demand(values.maxMessageSize, PolicyParameters.sizeRange, "bytes", holder)
    try demand(
      values.maxConnectionsPerHost, PolicyParameters.connectionRange, "connections", holder)
    try demand(
      values.maxMessagesPerConnection, PolicyParameters.connectionRange,
      "messages in a connection", holder)
    try demand(
      values.maxRecipientsPerMessage, PolicyParameters.recipientRange, "recipients", holder)
    try demand(
      values.maxRecipientsPerHour, PolicyParameters.rateRange, "recipients an hour", holder)
  }

  private func demand(
    _ limit: Int?, _ range: ClosedRange<Int>, _ what: String, _ holder: String
  ) throws(ConfigurationError) {
    guard let limit, !range.contains(limit) else { return }
    throw ConfigurationError("\(holder) has the impossible limit of \(limit) \(what).")
  }
}
