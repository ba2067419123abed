extension Table where Value == Route {
  /// The SMTP route for mail to a domain: its own, else the nearest `.parent`'s, else that of ALL.
  ///
  /// - Returns: nil where no route matches.
  public func route(for domain: String) -> Route? {
    let own = DestinationDomain.candidates(for: domain).lazy.compactMap { self[$0] }.first
    return own ?? self[RouteDomain.catchAll]
  }
}

extension Route {
  /// Whether mail goes to the MX hosts all the same.
  public var usesOrdinaryDNS: Bool {
    hosts.isEmpty || hosts.contains { RouteTarget($0.host) == .ordinaryDNS }
  }
}
