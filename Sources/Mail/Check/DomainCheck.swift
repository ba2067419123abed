public import Addresses
public import Foundation
import Glibc
import NIOPosix
public import PKI
public import Resolver
public import Transport

/// Checks, as a sender of the outside world, how the servers of a domain take mail over TLS; no
/// message is sent.
public struct DomainCheck: Sendable {
  /// Who checks.
  public struct Visitor: Sendable {
    /// The address that connections come from; nil for the system's choice.
    public var source: IPv4Address?
    /// What it calls itself; the sender's domain too.
    public var hostName: String
    /// Whom it trusts.
    public var authorities: [Certificate]

    /// Makes a visitor.
    public init(source: IPv4Address?, hostName: String, authorities: [Certificate]) {
      self.source = source
      self.hostName = hostName
      self.authorities = authorities
    }
  }

  private let visitor: Visitor
  private let names: any NameService
  private let dialer: Dialer
  private let calendar: @Sendable () -> Date
  private let limits: DeliveryLimits

  /// Makes a check.
  ///
  /// - Parameters:
  ///   - visitor: who checks.
  ///   - names: who says where a domain's mail goes.
  ///   - dialer: opens the connections.
  ///   - patience: how long a server may take for each of its answers.
  ///   - calendar: the present, for the dates of certificates.
  public init(
    by visitor: Visitor, names: any NameService, dialer: Dialer,
    patience: Duration = .seconds(30), calendar: @escaping @Sendable () -> Date
  ) {
    self.visitor = visitor
    self.names = names
    self.dialer = dialer
    self.calendar = calendar
    var limits = DeliveryLimits()
    limits.connectTime = patience
    limits.replyTime = patience
    limits.handshakeTime = patience
    self.limits = limits
  }

  /// Checks all servers, one address after the other, the first to be tried by senders first.
  ///
  /// - Throws: `RoutingFailure` when nobody takes the domain's mail, or another error with a
  ///   sentence when TLS cannot be set up.
  public func servers(of domain: String) async throws -> [ServerCheck] {
    let route = try await MailRouter(outside: names).route(to: domain)
    let start = try await VisitorTLS.make(authorities: visitor.authorities)
    var found: [ServerCheck] = []
    for host in route.hosts {
      if let obstacle = host.obstacle { found.append(ServerCheck(host, obstacle)) }
      for address in host.addresses {
        let checker = ServerChecker(
          host: host, address: address, visitor: visitor, recipient: "postmaster@\(domain)",
          tls: start, limits: limits, calendar: calendar)
        found.append(await checker.check(over: dialer))
      }
    }
    return found
  }
}

extension ServerCheck {
  /// A host that has no address.
  fileprivate init(_ host: MailHost, _ obstacle: RoutingFailure) {
    self.init(
      host: host.label, address: nil, port: host.port, preference: host.preference,
      lines: [Line(time: .zero, kind: .failure, text: obstacle.text)])
  }
}
