extension Table where Value == Route {
  /// The name of the route for everything that has no nearer one.
  public static var catchAll: String { "ALL" }

  /// The SMTP route for mail to a domain: its own, else the nearest `.parent`'s, else that of ALL.
  ///
  /// - Returns: nil where no route matches.
  public func route(for domain: String) -> Route? {
    let own = DestinationDomain.candidates(for: domain).lazy.compactMap { self[$0] }.first
    return own ?? self[Self.catchAll]
  }
}

extension Route {
  /// Whether mail goes to the MX hosts all the same.
  public var usesOrdinaryDNS: Bool {
    hosts.isEmpty || hosts.contains { RouteTarget($0.host) == .ordinaryDNS }
  }
}
