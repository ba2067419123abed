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
    for (name, listener) in listeners.all { try verify(listener, name: name) }
    try verifyServices()
    try verifyDestinations()
    for (service, settings) in [
      ("GUI HTTPS", ssl.gui), ("Inbound SMTP", ssl.inbound), ("Outbound SMTP", ssl.outbound),
    ] where settings.minimum > settings.maximum {
      throw ConfigurationError("The TLS methods of \(service) end before they begin.")
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

  private func verify(_ listener: Listener, name: String) throws(ConfigurationError) {
    guard interfaces[listener.interface] != nil else {
      throw ConfigurationError(
        "The listener \"\(name)\" is on the interface \"\(listener.interface)\", which does not exist."
      )
    }
    let policies = Set(listener.hostAccess.policies.map(\.name))
    for group in listener.hostAccess.groups where !policies.contains(group.policy) {
      throw ConfigurationError(
        "The sender group \(group.name) of \"\(name)\" uses the policy \(group.policy), which does not exist."
      )
    }
  }
}
