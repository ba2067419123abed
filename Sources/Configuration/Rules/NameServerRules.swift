extension Configuration {
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
