import PKI

extension Configuration {
  /// Checks what must hold over the whole configuration before it is committed.
  ///
  /// - Parameter changes: what differs from a configuration whose names are known to be good; nil
  ///   to look at every object's name.
  /// - Throws: `ConfigurationError` with the sentence for the first rule that is broken.
  public func verify(names changes: [Change]? = nil) throws(ConfigurationError) {
    try verifyNames(of: changes.map { $0.map(\.key) } ?? Array(objects.keys))
    try verifyCertificates()
    try verifyInterfaces()
    try verifyListeners()
    try verifyServices()
    try verifyDestinations()
    try verifyRoutes()
    try verifyNameServers()
    try verifyURLFiltering()
    try verifyLDAP()
    try verifySSL()
    try verifyRevocationLists()
    try verifyUsers()
    try verifyLogs()
    try verifyLimits()
    try verifyAlerts()
  }

  /// What stands in an envelope and a header must be an address.
  private func verifyAlerts() throws(ConfigurationError) {
    let addresses = alerts.subscriptions.map(\.address) + (alerts.fromAddress.map { [$0] } ?? [])
    for address in addresses where !address.isMailAddress {
      throw ConfigurationError("Alerts have the impossible address \"\(address.printable)\".")
    }
  }

  /// Whoever is `admin` may do everything, or nobody could mend what is wrong.
  private func verifyUsers() throws(ConfigurationError) {
    guard let admin = users[User.adminName], admin.role != .administrator else { return }
    throw ConfigurationError("The user \"\(User.adminName)\" must be an administrator.")
  }

  private func verifyRevocationLists() throws(ConfigurationError) {
    for (name, source) in crlSources.all {
      guard !source.primary.isEmpty, CRLSource.intervalRange.contains(source.updateInterval) else {
        throw ConfigurationError("The CRL source \"\(name)\" lacks a place or a schedule.")
      }
      for place in source.origin.places where (try? CRLPlace(place)) == nil {
        throw ConfigurationError(
          "The CRL source \"\(name)\" names the impossible place \"\(place.printable)\".")
      }
    }
  }

  /// A list that OpenSSL does not understand would come out when a service starts only.
  private func verifySSL() throws(ConfigurationError) {
    for service in SSLSettings.ServiceKind.allCases {
      let settings = ssl[service]
      guard settings.minimum <= settings.maximum else {
        throw ConfigurationError("The TLS methods of \(service.title) end before they begin.")
      }
      guard
        settings.ciphers == SSLSettings.factoryCiphers
          || (try? CipherSuite.all(in: settings.ciphers)) != nil
      else {
        throw ConfigurationError(
          "OpenSSL finds no cipher for \(service.title) in the list \"\(settings.ciphers.printable)\"."
        )
      }
    }
  }

  private func verifyCertificates() throws(ConfigurationError) {
    for use in certificateUses {
      guard let profile = certificates[use.certificate] else {
        throw ConfigurationError(
          "\(use.service) uses the certificate \"\(use.certificate)\", which does not exist.")
      }
      guard profile.purpose == .tls else {
        throw ConfigurationError(
          "\(use.service) uses the S/MIME certificate \"\(use.certificate)\", which is not for TLS."
        )
      }
    }
  }
}
