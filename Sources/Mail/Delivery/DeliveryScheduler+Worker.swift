import Addresses
import Configuration
import Control
import Foundation
import Logs
import NIOCore

/// What workers tell and ask.
extension DeliveryScheduler {
  // MARK: Hosts

  // A worker of an earlier configuration has the say over what it sends itself, and over nothing
  // else: the present one may send the same mail elsewhere, or by other rules.

  /// Whether a worker goes by the present configuration.
  private func isPresent(_ worker: DeliveryWorker) -> Bool { worker.generation == generation }

  /// A worker has a connection, or comes to none.
  func noLongerOpening(_ worker: DeliveryWorker) {
    guard !isPresent(worker), let outdated = destinations[worker.destination]?.outdated else {
      return
    }
    destinations[worker.destination]?.outdated = max(0, outdated - 1)
  }

  /// The hosts of a destination are known.
  func found(_ route: MailRoute, by worker: DeliveryWorker) {
    guard isPresent(worker) else { return }
    destinations[worker.destination]?.status.exchangers = route.hosts.map(HostStatus.Exchanger.init)
  }

  /// Counts a connection to an address, if the controls allow one more there, and deliveries go on.
  func reserve(_ address: IPv4Address, for worker: DeliveryWorker) -> Bool {
    let destination = worker.destination
    guard !isEnding, !isSuspended,
      destinations[destination]?.hasRoom(
        at: address, worker.entry, now: services.calendar()) == true
    else { return false }
    destinations[destination]?.connections[address, default: 0] += 1
    return true
  }

  /// No address of a destination that can be reached may be connected to at present.
  func full(_ worker: DeliveryWorker) {
    guard isPresent(worker) else { return }
    destinations[worker.destination]?.hold(worker.entry, now: services.calendar())
    armTimer(for: worker.destination)
  }

  /// Takes a connection off the count.
  func release(_ address: IPv4Address, for destination: DeliveryItem.Destination) {
    let count = destinations[destination]?.connections[address] ?? 0
    destinations[destination]?.connections[address] = count > 1 ? count - 1 : nil
  }

  /// A connection is open.
  func opened(_ worker: DeliveryWorker) {
    let destination = worker.destination
    noLongerOpening(worker)
    destinations[destination]?.connected += 1
    destinations[destination]?.status.state = .up
    destinations[destination]?.lastError = nil
  }

  /// An open connection was closed.
  func closed(_ destination: DeliveryItem.Destination) {
    destinations[destination]?.connected -= 1
  }

  /// A host cannot be used.
  func note(_ failure: HostFailure, by worker: DeliveryWorker) {
    guard isPresent(worker) else { return }
    let destination = worker.destination
    destinations[destination]?.lastError = failure.reason
    guard failure.isTLS else { return }
    destinations[destination]?.status.lastTLSError = HostStatus.Event(
      date: services.calendar(), text: "\(failure.host): \(failure.reason)")
  }

  // MARK: Attempts that came to nothing

  /// There is no way to a destination.
  func cannotRoute(_ worker: DeliveryWorker, _ failure: RoutingFailure) async {
    guard isPresent(worker) else { return }
    let destination = worker.destination
    destinations[destination]?.status.state = .down
    destinations[destination]?.lastError = failure.text
    let reason = BounceReason(failure)
    await settleReady(
      destination, as: failure.isPermanent ? .refused(reason) : .delayed(reason))
  }

  /// No host of a destination takes mail.
  func exhausted(_ worker: DeliveryWorker, _ failures: [HostFailure]) async {
    let destination = worker.destination
    guard isPresent(worker), let state = destinations[destination] else { return }
    if state.connected > 0 {
      // The others go on; they have shown how many connections are welcome.
      destinations[destination]?.mostConnections = state.connected
      return
    }
    destinations[destination]?.status.state = .down
    if configuration?.raisesAlerts == true, let failure = failures.first(where: \.alerts) {
      alerts.raise(.requiredTLSFailed(domain: destination.domain, failure))
    }
    let reason = BounceReason(
      status: "4.4.0 - Other network problem", code: "000", lines: failures.map(\.reason))
    await settleReady(destination, as: .delayed(reason))
  }

  private func settleReady(
    _ destination: DeliveryItem.Destination, as verdict: DeliveryAttempt.Verdict
  ) async {
    let items = destinations[destination]?.takeReady() ?? []
    await settle(
      items.map { DeliveryAttempt.Report(withoutConnection: $0, verdict) }, for: destination)
  }

  // MARK: Messages

  /// The content of an item's message; nil when the item is done with for now.
  ///
  /// One that is gone takes the item with it. A damaged one stays in the queue's file and is not
  /// tried before the next start; any other trouble may pass, and the item waits.
  func content(of item: DeliveryItem, for destination: DeliveryItem.Destination) async -> [UInt8]? {
    do {
      return try await queue.content(of: item.message.id)
    } catch is QueueError {
      return nil
    } catch {
      guard !isEnding else { return nil }
      services.log.write("MID \(item.message.id) cannot be delivered: \(error)", level: .warning)
      if error is QueueDamage { return nil }
      let reason = BounceReason(
        status: "4.3.0 - Other mail system problem", code: "000", lines: ["\(error)"])
      await settle(
        [DeliveryAttempt.Report(withoutConnection: item, .delayed(reason))], for: destination)
      return nil
    }
  }

  /// An item was not tried after all; whoever was deleted meanwhile is left out.
  func giveBack(_ item: DeliveryItem, for destination: DeliveryItem.Destination) async {
    var item = item
    if let waiting = try? await queue.recipients(of: item.message.id) {
      item.recipients.removeAll { !waiting.contains($0.index) }
    }
    guard !item.recipients.isEmpty else { return }
    destinations[destination]?.ready.prepend(item)
    schedule(destination)
  }

  /// Notes durably what became of items, logs it, and keeps what waits for another attempt.
  func settle(_ reports: [DeliveryAttempt.Report], for destination: DeliveryItem.Destination) async
  {
    guard !reports.isEmpty else { return }
    let now = services.calendar()
    let error = destinations[destination]?.lastError
    let settled = reports.map { report in
      SettledReport(report, lastError: error, now: now, isEnding: isEnding)
    }
    var outcomes: [MessageID: [Int: RecipientOutcome]] = [:]
    for report in settled {
      outcomes[report.message.id, default: [:]].merge(report.outcomes) { _, new in new }
    }
    await settle(outcomes) { settlement in
      for report in settled {
        for line in report.logLines { services.log.write(line) }
        for item in report.delayedItems(settlement) {
          insert(item, for: destination, now: now)
        }
        count(report, for: destination)
      }
      for bounce in settlement.bounces {
        services.log.write(MailLogLines.generated(bounce.id, forBounceOf: bounce.original))
      }
      for message in settlement.finished {
        services.log.write(MailLogLines.messageFinished(message))
      }
    }
    armTimer(for: destination)
  }

  private func count(_ report: SettledReport, for destination: DeliveryItem.Destination) {
    totals.count(report)
    guard var status = destinations[destination]?.status else { return }
    for (_, outcome) in report.outcomes {
      switch outcome {
      case .delivered: status.delivered += 1
      case .delayed: status.softBounced += 1
      case .bounced: status.hardBounced += 1
      }
    }
    if let refusal = report.refusal {
      status.lastPermanentError = HostStatus.Event(date: services.calendar(), text: refusal)
    }
    destinations[destination]?.status = status
  }
}

extension Alert {
  /// Mail for a domain could not be sent for want of TLS (G15).
  static func requiredTLSFailed(domain: String, _ failure: HostFailure) -> Alert {
    Alert(
      category: "System", severity: "Warning",
      text: "Mail for \(domain) waits: TLS is required, and \(failure.host) cannot be used."
        + " The reason is: \(failure.reason).",
      key: "tls \(domain)")
  }
}

extension HostStatus.Exchanger {
  /// A host of a route.
  init(_ host: MailHost) {
    self.init(
      preference: host.preference, name: host.label,
      addresses: host.addresses.map(\.description), ttl: host.ttl.map(Int.init))
  }
}
