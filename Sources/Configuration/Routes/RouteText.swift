// A route's hosts as they are typed and shown: `mx.example.com:26/pri=10, [10.0.0.1]`.
extension Route {
  /// The most hosts that a route may have.
  public static let hostLimit = 50

  /// Reads hosts, separated by commas.
  ///
  /// - Throws: `ConfigurationError` with the sentence for the first that is no host.
  public init(_ text: String) throws(ConfigurationError) {
    var hosts: [Host] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = part.trimmed
      guard !part.isEmpty else { throw ConfigurationError("A host is missing at a comma.") }
      hosts.append(try Host(part))
    }
    self.init(hosts: hosts)
    try verify()
  }

  /// Checks the hosts together.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what is wrong.
  func verify() throws(ConfigurationError) {
    guard (1...Self.hostLimit).contains(hosts.count) else {
      throw ConfigurationError("A route has 1 to \(Self.hostLimit) hosts.")
    }
    for host in hosts { try host.verify() }
    guard hosts.count == 1 || !usesOrdinaryDNS else {
      throw ConfigurationError("USEDNS stands alone.")
    }
  }

  /// The hosts, separated by commas.
  public var text: String { hosts.map(\.text).joined(separator: ", ") }
}

extension Route.Host {
  /// The priorities that there are.
  public static let priorityRange = 0...65535

  /// Reads a host with port and priority, such as `mx.example.com:26/pri=10`.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what is wrong.
  public init(_ text: String) throws(ConfigurationError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let word = parts.count == 2 ? parts[1].lowercased() : ""
    let isRanked = word.hasPrefix("pri=")
    guard let priority = isRanked ? Int(word.dropFirst(4)) : 0 else {
      throw .badPriority
    }
    let place = (isRanked ? parts[0] : text[...]).split(
      separator: ":", omittingEmptySubsequences: false)
    if place.count == 2 {
      guard let port = Int(place[1]) else { throw .badPort }
      self.init(host: String(place[0]), port: port, priority: priority)
    } else {
      self.init(host: place.joined(separator: ":"), priority: priority)
    }
    try verify()
    host = RouteTarget(host) == .ordinaryDNS ? host.uppercased() : host.lowercased()
  }

  /// The host, its port unless that is 25, its priority unless that is 0.
  public var text: String {
    host + (port == 25 ? "" : ":\(port)") + (priority == 0 ? "" : "/pri=\(priority)")
  }

  func verify() throws(ConfigurationError) {
    guard (1...65535).contains(port) else {
      throw .badPort
    }
    guard Self.priorityRange.contains(priority) else {
      throw .badPriority
    }
    guard let target = RouteTarget(host) else { throw ConfigurationError(fault) }
    guard target != .ordinaryDNS || (port == 25 && priority == 0) else {
      throw ConfigurationError("USEDNS has neither port nor priority.")
    }
  }

  private var fault: String {
    if host.lowercased() == "/dev/null" {
      return "Mail is never thrown away here: /dev/null is no host."
    }
    if host.contains(":") {
      return "\"\(host.printable)\" cannot be a route's host: IPv6 addresses are not dialled."
    }
    return "\"\(host.printable)\" is neither a hostname like mx.example.com nor an IPv4 address."
  }
}

extension ConfigurationError {
  fileprivate static let badPort = ConfigurationError(
    "A port is a number from 1 to 65535, as in HOST:26.")
  fileprivate static let badPriority = ConfigurationError(
    "A priority is a number from 0 to 65535, as in HOST/pri=10.")
}
