import Addresses

extension Configuration {
  /// Addresses, host names, groups, and the interfaces that settings name.
  ///
  /// - Throws: `ConfigurationError` with the sentence for the first rule that is broken.
  public func verifyInterfaces() throws(ConfigurationError) {
    for (name, interface) in interfaces.all {
      guard (0...32).contains(interface.prefixLength) else {
        throw ConfigurationError(
          "The interface \"\(name)\" has the impossible prefix length \(interface.prefixLength).")
      }
      guard (try? HostName(interface.hostName)) != nil else {
        throw ConfigurationError(
          "The interface \"\(name)\" has the impossible hostname \"\(interface.hostName.printable)\"."
        )
      }
    }
    try verifyAddresses()
    try verifyIPv6()
    try verifyInterfaceGroups()
    for (what, interface) in [
      ("Deliveries", delivery.interface), ("LDAP queries", ldap.interface),
    ] {
      if let interface, interfaces[interface] == nil {
        throw ConfigurationError(
          "\(what) leave from the interface \"\(interface)\", which does not exist.")
      }
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

  /// Each IPv6 address is one, and one interface's alone.
  private func verifyIPv6() throws(ConfigurationError) {
    var seen: [IPv6Address: String] = [:]
    for (name, interface) in interfaces.all {
      guard let text = interface.ipv6 else { continue }
      guard let network = IPv6Network(text), network.address.isAssignable else {
        throw ConfigurationError(
          "The interface \"\(name)\" has the impossible IPv6 address \"\(text.printable)\".")
      }
      if let other = seen.updateValue(name, forKey: network.address) {
        throw ConfigurationError(
          "The interfaces \"\(other)\" and \"\(name)\" have the same IPv6 address.")
      }
    }
  }

  /// Every service has a port, and on its interface nobody else has it.
  ///
  /// - Throws: `ConfigurationError` with the sentence that names both services.
  public func verifyServices() throws(ConfigurationError) {
    var services: [(name: String, interface: String, port: Int)] = []
    for (name, interface) in interfaces.all {
      let ports = [("SSH", interface.ssh), ("HTTP", interface.http), ("HTTPS", interface.https)]
      services += ports.compactMap { service, port in port.map { (service, name, $0) } }
    }
    for (name, listener) in listeners.all {
      services.append(("the listener \"\(name)\"", listener.interface, listener.port))
    }
    var seen: [Endpoint: (name: String, port: Int)] = [:]
    for (name, interface, port) in services {
      guard (1...65535).contains(port) else {
        throw ConfigurationError(
          "On the interface \"\(interface)\", \(name) has the impossible port \(port).")
      }
      let endpoint = Endpoint(interface: interface, port: port < 1024 ? 10_000 + port : port)
      if let other = seen.updateValue((name, port), forKey: endpoint) {
        throw ConfigurationError(
          "On the interface \"\(interface)\", \(other.name) and \(name) have "
            + (other.port == port
              ? "the same port \(port)."
              : "the ports \(other.port) and \(port), which the lab network cannot tell apart."))
      }
    }
  }
}

/// An interface and a port on it; in the lab network a port below 1024 stands 10,000 higher.
private struct Endpoint: Hashable {
  let interface: String
  let port: Int
}
