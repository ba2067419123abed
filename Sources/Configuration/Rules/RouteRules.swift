extension Configuration {
  /// Routes have names and hosts that a dialogue would have taken, whatever a loaded file says.
  func verifyRoutes() throws(ConfigurationError) {
    let bad = routes.values.filter { name, stored in
      guard let route = stored.value as? Route else { return true }
      return (try? RouteDomain(name))?.text != name || (try? route.verify()) == nil
    }.keys.min()
    guard let bad else { return }
    do throws(ConfigurationError) {
      guard try RouteDomain(bad).text == bad else {
        throw ConfigurationError("Its name is not in small letters.")
      }
      try routes[bad]?.verify()
    } catch {
      throw ConfigurationError("The SMTP route \"\(bad.printable)\" is impossible. \(error)")
    }
  }

  /// Name servers have addresses, and the domains that have servers of their own have names.
  func verifyNameServers() throws(ConfigurationError) {
    let servers = dns.servers + dns.domains.flatMap(\.servers)
    if let bad = servers.first(where: { (try? NameServerAddress($0))?.text != $0 }) {
      throw ConfigurationError("The name server \"\(bad.printable)\" is no address.")
    }
    if let bad = dns.domains.first(where: { (try? ServedDomain($0.domain))?.text != $0.domain }) {
      throw ConfigurationError(
        "The domain \"\(bad.domain.printable)\" of a name server is no name in small letters.")
    }
    if let bad = dns.domains.first(where: { $0.servers.isEmpty }) {
      throw ConfigurationError("The domain \"\(bad.domain.printable)\" has no name server.")
    }
  }
}
