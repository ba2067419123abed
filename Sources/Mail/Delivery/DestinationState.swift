import Addresses
import Configuration
import Control
import Foundation
import NIOCore

/// What is known of a destination and waits for it.
struct DestinationState {
  /// A worker whose connection is open and which has nothing to do.
  struct Idle {
    let number: Int
    let worker: DeliveryWorker
    let address: IPv4Address
    let answer: CheckedContinuation<DeliveryItem?, Never>
  }

  /// Items that are due, the oldest first.
  var ready = CircularBuffer<DeliveryItem>()
  /// Items that are due later, by time.
  private(set) var delayed: [DeliveryItem] = []
  /// Until when the recipient limit holds everything back.
  var heldUntil: Date?
  /// Workers, with and without an open connection.
  var workers = 0
  /// Those with an open connection.
  var connected = 0
  /// Those that make a connection as an earlier configuration would: they are not waited for.
  var outdated = 0
  /// More connections than this were refused while others were open; nil while nothing was.
  var mostConnections: Int?
  var idle: [Idle] = []
  /// Connections, open or being made, by address.
  var connections: [IPv4Address: Int] = [:]
  /// Recipients that were sent lately; under nil those of the whole domain.
  var windows: [IPv4Address?: RecipientWindow] = [:]
  /// What `hoststatus` shows, but for what is counted above.
  var status: HostStatus
  /// Why the last attempt failed.
  var lastError: String?
  /// When something was last to be sent there; the calendar may stand still, or jump.
  private(set) var usedAt = ContinuousClock.now

  init(domain: String) { status = HostStatus(domain: domain) }

  /// Takes an item in.
  mutating func insert(_ item: DeliveryItem, now: Date) {
    usedAt = .now
    guard item.due > now else {
      ready.append(item)
      return
    }
    let index = delayed.partitioningIndex { $0.due > item.due }
    delayed.insert(item, at: index)
  }

  /// Makes ready what is due.
  mutating func promote(now: Date) {
    if let held = heldUntil, held <= now { heldUntil = nil }
    let count = delayed.partitioningIndex { $0.due > now }
    ready.append(contentsOf: delayed[..<count])
    delayed.removeFirst(count)
  }

  /// Makes everything ready.
  mutating func promoteAll() {
    ready.append(contentsOf: delayed)
    delayed = []
  }

  /// When something here is due next; nil when nothing waits.
  var nextEvent: Date? {
    [delayed.first?.due, ready.isEmpty ? nil : heldUntil].compactMap(\.self).min()
  }

  /// Takes all that is ready.
  mutating func takeReady() -> [DeliveryItem] {
    defer { ready.removeAll() }
    return Array(ready)
  }

  /// Whether nothing waits or is under way here, and no limit has to be kept.
  func isAtRest(_ entry: DestinationDefaults, now: Date) -> Bool {
    ready.isEmpty && delayed.isEmpty && workers == 0
      && windows.values.allSatisfy { $0.end(entry) <= now }
  }

  /// Removes recipients, by message and RID.
  mutating func remove(_ removed: [MessageID: [Int]]) {
    func rest(of item: DeliveryItem) -> DeliveryItem? {
      guard let gone = removed[item.message.id] else { return item }
      var item = item
      item.recipients.removeAll { gone.contains($0.index) }
      return item.recipients.isEmpty ? nil : item
    }
    ready = CircularBuffer(ready.compactMap(rest))
    delayed = delayed.compactMap(rest)
  }

  /// Whether one more connection would help: a first one, then one for every ten items that wait.
  func wantsWorker(limit: Int) -> Bool {
    guard !ready.isEmpty, heldUntil == nil, idle.isEmpty, workers <= connected + outdated else {
      return false
    }
    let useful = workers - outdated
    return workers < min(limit, mostConnections ?? .max)
      && (useful <= 0 || ready.count > 10 * useful)
  }

  /// Whether the controls allow one more connection to an address, and a recipient on it.
  mutating func hasRoom(at address: IPv4Address, _ entry: DestinationDefaults, now: Date)
    -> Bool
  {
    guard entry.scope.isPerExchanger else { return true }
    guard connections[address] ?? 0 < entry.maxConnections else { return false }
    guard entry.recipientLimit > 0, var window = windows[address] else { return true }
    defer { windows[address] = window }
    return window.allowance(entry, now: now) > 0
  }

  /// No address has room: waits for a connection to close, or for the first window to end.
  mutating func hold(_ entry: DestinationDefaults, now: Date) {
    if connected > 0 {
      mostConnections = connected
    } else {
      heldUntil = windows.values.map { $0.end(entry) }.filter { $0 > now }.min()
    }
  }

  /// Another configuration rules: forgets what held mail back under the one before, and waits for no
  /// connection that is still made as that one wanted it.
  mutating func obeyAnew() {
    heldUntil = nil
    mostConnections = nil
    outdated = workers - connected
  }

  /// The next item for a connection, as far as the recipient limit allows.
  mutating func take(_ entry: DestinationDefaults, at address: IPv4Address, now: Date)
    -> DeliveryItem?
  {
    guard heldUntil == nil, var item = ready.first else { return nil }
    if entry.recipientLimit > 0 {
      let key = entry.scope.isPerExchanger ? address : nil
      var window = windows[key] ?? RecipientWindow(start: now)
      let allowance = window.allowance(entry, now: now)
      guard allowance > 0 else {
        if !entry.scope.isPerExchanger { heldUntil = window.end(entry) }
        return nil
      }
      let rest = Array(item.recipients.dropFirst(allowance))
      item.recipients = Array(item.recipients.prefix(allowance))
      window.count += item.recipients.count
      windows[key] = window
      if !rest.isEmpty {
        ready[ready.startIndex].recipients = rest
        return item
      }
    }
    ready.removeFirst()
    return item
  }
}

/// Recipients counted over some minutes of the calendar.
struct RecipientWindow: Hashable, Sendable {
  /// When it began.
  private(set) var start: Date
  /// Recipients since then.
  var count = 0

  init(start: Date) { self.start = start }

  /// How many recipients may still be sent; a window that is over begins anew.
  mutating func allowance(_ entry: DestinationDefaults, now: Date) -> Int {
    if now >= end(entry) { self = RecipientWindow(start: now) }
    return max(0, entry.recipientLimit - count)
  }

  /// When it is over.
  func end(_ entry: DestinationDefaults) -> Date {
    start.addingTimeInterval(60 * Double(entry.recipientMinutes))
  }
}

extension Array {
  /// The first index whose element fulfils a condition that holds for all after it.
  func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
