extension Configuration {
  /// Checks what must hold over the whole configuration before it is committed.
  ///
  /// - Throws: `ConfigurationError` with the sentence for the first rule that is broken.
  public func verify() throws(ConfigurationError) {
    for use in certificateUses {
      guard let profile = certificates[use.certificate] else {
        throw ConfigurationError(
          "\(use.service) uses the certificate \"\(use.certificate)\", which does not exist.")
      }
      guard profile.purpose == .tls else {
        throw ConfigurationError(
          "\(use.service) uses the S/MIME certificate \"\(use.certificate)\", which is not for TLS.")
      }
    }
    for (name, listener) in listeners.all { try verify(listener, name: name) }
    try verifyAddresses()
    if let interface = delivery.interface, interfaces[interface] == nil {
      throw ConfigurationError(
        "Deliveries leave from the interface \"\(interface)\", which does not exist.")
    }
  }

  private func verify(_ listener: Listener, name: String) throws(ConfigurationError) {
    guard interfaces[listener.interface] != nil else {
      throw ConfigurationError(
        "The listener \"\(name)\" is on the interface \"\(listener.interface)\", which does not exist."
      )
    }
    guard (1...65535).contains(listener.port) else {
      throw ConfigurationError("The listener \"\(name)\" has the impossible port \(listener.port).")
    }
    for (other, value) in listeners.all where other < name {
      if value.interface == listener.interface && value.port == listener.port {
        throw ConfigurationError(
          "The listeners \"\(other)\" and \"\(name)\" have the same interface and port.")
      }
    }
    let policies = Set(listener.hostAccess.policies.map(\.name))
    for group in listener.hostAccess.groups where !policies.contains(group.policy) {
      throw ConfigurationError(
        "The sender group \(group.name) of \"\(name)\" uses the policy \(group.policy), which does not exist."
      )
    }
  }

  /// In the lab network an address is told apart by its last two bytes only.
  private func verifyAddresses() throws(ConfigurationError) {
    var seen: [UInt32: String] = [:]
    for (name, interface) in interfaces.all {
      guard let address = interface.address else { continue }
      if let other = seen.updateValue(name, forKey: address.bits & 0xFFFF) {
        throw ConfigurationError(
          "The interfaces \"\(other)\" and \"\(name)\" have addresses that the lab network cannot tell apart."
        )
      }
    }
  }
}
