import Control
import Foundation

/// What administrators ask for.
extension DeliveryScheduler {
  /// Makes everything due at once (`delivernow`).
  ///
  /// - Parameter domain: only what waits for this one; nil for all.
  /// - Returns: how many recipients were waiting for their time.
  @discardableResult
  func deliverNow(_ domain: String?) -> Int {
    var count = 0
    for destination in keys(domain) {
      count += destinations[destination]?.delayed.reduce(0) { $0 + $1.recipients.count } ?? 0
      destinations[destination]?.promoteAll()
      schedule(destination)
    }
    armTimer()
    return count
  }

  /// Removes recipients (`deleterecipients`); those on a connection are not called back.
  ///
  /// - Returns: how many went.
  /// - Throws: an error when the queue cannot be written.
  func deleteRecipients(matching filter: RecipientFilter) async throws -> Int {
    let removed = try await queue.deleteRecipients(matching: filter)
    for destination in destinations.keys { destinations[destination]?.remove(removed) }
    let count = removed.values.reduce(0) { $0 + $1.count }
    totals.deleted += count
    armTimer()
    return count
  }

  /// Fills in what deliveries know of the mail flow (`status`).
  func fill(_ status: inout MailStatus) {
    status.isDeliverySuspended = isSuspended
    status.delivered = totals.delivered
    status.softBounced = totals.softBounced
    status.hardBounced = totals.hardBounced
    status.deleted = totals.deleted
    status.outboundConnections = destinations.values.reduce(0) { $0 + $1.connected }
  }

  /// How it stands with a destination (`hoststatus`); its hosts are looked up if that was not
  /// done yet.
  func status(of domain: String) async -> HostStatus {
    let destination = DeliveryItem.Destination(domain: domain.lowercased(), isAlert: false)
    var status = status(destination) ?? HostStatus(domain: destination.domain)
    if status.exchangers.isEmpty, let configuration,
      let route = try? await configuration.route(
        to: destination, configuration.controls(for: destination))
    {
      status.exchangers = route.hosts.map(HostStatus.Exchanger.init)
    }
    return status
  }

  /// How it stands with all destinations for which something waits, the busiest first.
  func statuses() -> [HostStatus] {
    destinations.keys.filter { !$0.isAlert }.compactMap(status)
      .filter { $0.activeRecipients > 0 || $0.nextAttempt != nil || $0.connections > 0 }
      .sorted { ($0.activeRecipients, $1.domain) > ($1.activeRecipients, $0.domain) }
  }

  private func status(_ destination: DeliveryItem.Destination) -> HostStatus? {
    guard let state = destinations[destination] else { return nil }
    var status = state.status
    let items = Array(state.ready) + state.delayed
    status.activeRecipients = items.reduce(0) { $0 + $1.recipients.count }
    status.connections = state.connections.values.reduce(0, +)
    status.oldest = items.map(\.message.receivedAt).min()
    status.nextAttempt = state.nextEvent
    return status
  }

  private func keys(_ domain: String?) -> [DeliveryItem.Destination] {
    guard let domain = domain?.lowercased() else { return Array(destinations.keys) }
    return destinations.keys.filter { $0.domain == domain }
  }
}
