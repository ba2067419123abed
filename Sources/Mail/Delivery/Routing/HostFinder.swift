import Addresses
import Configuration
import Resolver

/// Asks the DNS for the hosts of a name, and for their addresses.
struct HostFinder: Sendable {
  /// More exchangers, or addresses of one, than this are of no use, and whoever owns the domain
  /// chooses their number: each may take a minute to be silent.
  static let limit = 50

  private let names: any NameService
  private let preference: AddressPreference

  init(names: any NameService, preference: AddressPreference = .preferIPv4) {
    self.names = names
    self.preference = preference
  }

  func preferring(_ preference: AddressPreference) -> HostFinder {
    HostFinder(names: names, preference: preference)
  }

  /// The MX records of a name; an answer without records means that the name is its own exchanger.
  ///
  /// - Throws: `RoutingFailure` when the name does not exist, takes no mail (RFC 7505), or no
  ///   answer can be had.
  func exchangers(of name: DomainName) async throws(RoutingFailure) -> DNSAnswer {
    let answer = try await ask(name, .mx)
    guard answer.nameExists else { throw .noSuchName(name, .mx) }
    let isNull = answer.records.contains { record in
      if case .mx(_, let exchanger) = record.data { exchanger.labels.isEmpty } else { false }
    }
    if isNull, answer.records.count == 1 {
      throw .hard(
        "The domain \(name) accepts no mail (null MX)",
        status: "5.1.10 - Recipient address has null MX")
    }
    return answer
  }

  /// The hosts that MX records name, in order of preference, equals in random order.
  func hosts(of exchangers: DNSAnswer, port: Int) async -> [MailHost] {
    var entries: [(preference: Int, name: DomainName, ttl: UInt32)] = []
    for record in exchangers.records.shuffled() {
      guard case .mx(let preference, let name) = record.data else { continue }
      entries.append((Int(preference), name, record.ttl))
    }
    entries.sort { $0.preference < $1.preference }
    // All at a time: one whose servers are silent holds up nobody.
    return await withTaskGroup { group in
      for (place, entry) in entries.prefix(HostFinder.limit).enumerated() {
        group.addTask {
          let host = await host(
            entry.name, port: port, preference: entry.preference, security: exchangers.security,
            ttl: entry.ttl)
          return (place, host)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// The hosts that one host of a route stands for.
  func hosts(of host: Route.Host) async throws(RoutingFailure) -> [MailHost] {
    let target = RouteTarget(host.host)
    if case .address(let address) = target {
      return [literal(address, port: host.port, preference: host.priority)]
    }
    guard let name = (target?.name).flatMap({ DomainName($0) }) else {
      throw .hard("The host \"\(host.host)\" of the SMTP route is impossible")
    }
    if case .exchangers = target {
      let exchangers = try await exchangers(of: name)
      if !exchangers.records.isEmpty {
        return await hosts(of: exchangers, port: host.port)
      }
    }
    return [
      await self.host(
        name, port: host.port, preference: host.priority, security: .secure, ttl: nil)
    ]
  }

  /// The domain itself as its only host.
  ///
  /// - Throws: `RoutingFailure` when it has no address.
  func implicit(_ name: DomainName, port: Int) async throws(RoutingFailure) -> MailHost {
    let host = await host(name, port: port, preference: 0, security: .secure, ttl: nil)
    if let obstacle = host.obstacle { throw obstacle }
    return host
  }

  /// A host that is known by its address.
  func literal(_ address: IPv4Address, port: Int, preference: Int) -> MailHost {
    let isWanted = self.preference != .requireIPv6
    return MailHost(
      name: nil, preference: preference, port: port, addresses: isWanted ? [address] : [],
      ipv6Addresses: [], canonicalName: nil, security: .insecure, ttl: nil,
      obstacle: isWanted ? nil : .noIPv6("\(address)"))
  }

  /// A host with its addresses.
  ///
  /// - Parameter security: that of what named the host.
  private func host(
    _ name: DomainName, port: Int, preference: Int, security: RecordSecurity, ttl: UInt32?
  ) async -> MailHost {
    // Whether these can be had matters little: they are never dialled.
    async let others = try? ask(name, .aaaa)
    var four: DNSAnswer?
    var obstacle: RoutingFailure?
    do throws(RoutingFailure) {
      four = try await ask(name, .a)
    } catch {
      obstacle = error
    }
    let six = await others?.ipv6Addresses ?? []
    if let four { obstacle = self.obstacle(name, four, six) }
    let isSecure = security == .secure && four?.security == .secure
    let dialled = obstacle == nil ? four?.addresses ?? [] : []
    return MailHost(
      name: name, preference: preference, port: port,
      addresses: Array(dialled.prefix(HostFinder.limit)), ipv6Addresses: six,
      canonicalName: four?.canonicalName, security: isSecure ? .secure : .insecure,
      ttl: ttl, obstacle: obstacle)
  }

  private func obstacle(
    _ name: DomainName, _ answer: DNSAnswer, _ six: [IPv6Address]
  ) -> RoutingFailure? {
    if preference == .requireIPv6 { return .noIPv6("\(name)") }
    guard answer.addresses.isEmpty else { return nil }
    if !six.isEmpty { return .onlyIPv6(name) }
    return answer.nameExists ? .noAddress(name) : .noSuchName(name, .a)
  }

  private func ask(_ name: DomainName, _ type: RecordType) async throws(RoutingFailure)
    -> DNSAnswer
  {
    do throws(LookupFailure) {
      return try await names.believedAnswer(name, type)
    } catch {
      throw .soft(name, type, error.description)
    }
  }
}

extension DNSAnswer {
  fileprivate var ipv6Addresses: [IPv6Address] {
    records.compactMap { if case .aaaa(let address) = $0.data { address } else { nil } }
  }

  /// Where the aliases led; nil when there were none.
  fileprivate var canonicalName: DomainName? {
    if case .cname(let target)? = aliases.last?.data { target } else { nil }
  }
}

extension RoutingFailure {
  fileprivate static func noIPv6(_ host: String) -> RoutingFailure {
    unreachable("\(host) must be reached by IPv6, which the emulator does not dial")
  }

  fileprivate static func onlyIPv6(_ name: DomainName) -> RoutingFailure {
    unreachable("\(name) has IPv6 addresses only, which are not dialled")
  }

  /// The host may be well; it is this appliance that has no way there.
  private static func unreachable(_ text: String) -> RoutingFailure {
    RoutingFailure(isPermanent: false, status: "4.4.1 - No answer from host", text: text)
  }
}
