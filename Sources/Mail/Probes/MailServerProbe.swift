import Addresses
import Control
import NIOPosix
import Resolver
import ServiceTLS
import TLS
import Transport

/// A host of a route, as a probe sees it.
struct MailServerProbe: ProbedServer {
  let host: MailHost
  let route: MailRoute
  let domain: String
  let probe: MailProbe

  var name: String { host.label }
  var port: Int { host.port }
  var addresses: [String] { host.addresses.map { "\($0)" } }
  var isSecure: Bool { host.security == .secure }
  var obstacle: String? { host.obstacle?.text }

  func tlsa() async -> ProbedTLSA {
    switch TLSASituation(await lookUpTLSA()) {
    case .none: .none
    case .usable(let records): .usable(records.map { "\($0)" })
    case .unusable: .unusable
    case .failed(let reason): .failed(reason)
    }
  }

  func connect(to address: String) async throws -> any ProbedConnection {
    guard let address = IPv4Address(address),
      let source = probe.delivery.interfaces.source(towards: address)
    else { throw ProbeFailure("no interface has an IPv4 address to connect from") }
    let channels = OpenChannels()
    return try await withTaskCancellationHandler {
      do throws(Dialer.Failure) {
        let client = try await SMTPClient(
          Dialer(group: MultiThreadedEventLoopGroup.singleton, map: probe.delivery.map),
          to: address, port: port, from: source.address, hostName: source.hostName,
          limits: probe.limits, among: channels)
        return MailConnectionProbe(
          client: client, channels: channels, address: address, localAddress: source.address,
          server: self)
      } catch {
        throw ProbeFailure(error)
      }
    } onCancel: {
      channels.close()
    }
  }

  /// The records of a host that an SMTP route names have no say.
  func lookUpTLSA() async -> TLSALookup {
    guard route.source != .smtpRoute else { return .none }
    return await probe.delivery.names.tlsa(for: host, security: route.security)
  }

  /// The names by which the peer at an address is known.
  func names(at address: IPv4Address) async -> PeerNames {
    await probe.delivery.names(
      of: address, domain: domain, host: host.name?.description,
      hosts: route.hosts.compactMap { $0.name?.description })
  }
}
