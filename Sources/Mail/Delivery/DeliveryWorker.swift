import Addresses
import Configuration
import Foundation
import Logs
import Resolver
import SMTP
import TLS

/// Takes one connection's worth of mail to a destination: finds its hosts, connects to the first
/// that can be reached as the controls want it, and delivers until nothing more waits.
struct DeliveryWorker: Sendable {
  let destination: DeliveryItem.Destination
  let configuration: DeliveryConfiguration
  let entry: DestinationDefaults
  let services: DeliveryServices
  let scheduler: DeliveryScheduler
  /// The number of the configuration.
  let generation: Int

  /// Works until the connection is closed, or no host takes mail.
  ///
  /// - Returns: whether there was a connection.
  func run() async -> Bool {
    let route: MailRoute
    do {
      route = try await configuration.route(to: destination, entry)
    } catch {
      await scheduler.cannotRoute(self, error)
      return false
    }
    await scheduler.found(route, by: self)
    var failures: [HostFailure] = []
    var isAnyFull = false
    for host in route.hosts {
      if let obstacle = host.obstacle {
        failures.append(HostFailure(host: host.label, reason: obstacle.text, isTLS: false))
      }
      for address in host.addresses {
        guard await scheduler.reserve(address, for: self) else {
          isAnyFull = true
          continue
        }
        let result = await open(address, host, route)
        switch result {
        case .success(let connection):
          await scheduler.opened(self)
          await deliver(connection)
          await scheduler.closed(destination)
          await scheduler.release(address, for: destination)
          return true
        case .failure(let failure):
          await scheduler.release(address, for: destination)
          await scheduler.note(failure, by: self)
          failures.append(failure)
        }
      }
    }
    if isAnyFull {
      await scheduler.full(self)
    } else {
      await scheduler.exhausted(self, failures)
    }
    return false
  }

  // MARK: Connecting

  private func open(_ address: IPv4Address, _ host: MailHost, _ route: MailRoute) async
    -> Result<DeliveryConnection, HostFailure>
  {
    let id: DeliveryConnectionID
    let peer: DeliveryPeer
    do {
      guard let source = configuration.interfaces.source(towards: address) else {
        return .failure(
          HostFailure(
            host: host.label, reason: "there is no interface to deliver from", isTLS: false))
      }
      peer = try await self.peer(address, host, route, source)
      guard let number = services.identifiers.next() else {
        return .failure(
          HostFailure(host: host.label, reason: "no number can be had", isTLS: false))
      }
      id = DeliveryConnectionID(number: number)
    } catch {
      services.log.write(
        MailLogLines.daneFailed(.none, domain: destination.domain, error.reason))
      return .failure(
        HostFailure(host: host.label, reason: error.reason, isTLS: true, alerts: error.alerts))
    }
    do {
      return .success(
        try await ConnectionOpening(
          id: id, peer: peer, configuration: configuration, services: services
        ).open())
    } catch {
      return .failure(error)
    }
  }

  private func peer(
    _ address: IPv4Address, _ host: MailHost, _ route: MailRoute, _ source: DeliverySource
  ) async throws(DANERefusal) -> DeliveryPeer {
    var dane: DANEParameters?
    let tls: DeliveryTLS
    if entry.dane == .none || route.source == .smtpRoute {
      tls = DeliveryTLS(entry.tls)
    } else {
      let lookup = await configuration.names.tlsa(for: host, security: route.security)
      tls = try DeliveryTLS(entry.tls, dane: entry.dane, tlsa: TLSASituation(lookup))
      if tls.chainCheck == .dane {
        dane = DANEParameters(lookup, domain: destination.domain)
      }
    }
    return DeliveryPeer(
      domain: destination.domain, address: address, port: host.port,
      host: host.name?.description, hosts: route.hosts.compactMap { $0.name?.description },
      source: source, tls: tls, dane: dane)
  }

  // MARK: Delivering

  private func deliver(_ connection: DeliveryConnection) async {
    var sent = 0
    while sent < entry.maxMessagesPerConnection,
      let item = await scheduler.next(for: self, at: connection.peer.address)
    {
      guard let content = await scheduler.content(of: item, for: destination) else { continue }
      sent += 1
      let attempt = DeliveryAttempt(item: item, connection: connection.id)
      do {
        let replies = try await connection.deliver(
          item.message, to: item.recipients, content: content)
        await scheduler.settle([attempt.report(replies)], for: destination)
        if replies.contains(where: { $0.reply.code == 421 }) { break }
      } catch {
        await lost(error, attempt, isFirst: sent == 1)
        break
      }
    }
    await connection.close()
  }

  /// The connection was lost in a transaction.
  private func lost(_ loss: ConnectionLoss, _ attempt: DeliveryAttempt, isFirst: Bool) async {
    let isStale = !isFirst && !loss.isOutcomeUnknown && !loss.replies.contains { $0 != nil }
    if isStale {
      // A peer may close a connection that was idle; the message has had no chance yet.
      await scheduler.giveBack(attempt.item, for: destination)
    } else {
      await scheduler.settle(
        [attempt.report(loss, possibleDelivery: configuration.settings.possibleDelivery)],
        for: destination)
    }
  }
}

extension MailHost {
  /// The host for people.
  var label: String { name?.description ?? addresses.first?.description ?? "a host" }
}
