import Addresses
import Foundation
import Synchronization

/// Counts the recipients of each host against its policy's limit for an hour.
///
/// A host's hour begins with its first recipient, by the appliance's calendar.
final class RecipientCounts: Sendable {
  private struct Host: Hashable {
    let listener: String
    let address: IPv4Address
  }

  private struct Hour {
    let start: Date
    var count = 0

    /// Whether a moment lies in it; a calendar that was set back begins a new hour.
    func contains(_ moment: Date) -> Bool { (0..<3600).contains(moment.timeIntervalSince(start)) }
  }

  private struct Hours {
    var hosts: [Host: Hour] = [:]
    /// When there are more, those of the past are looked for and dropped.
    var bearable = 1000
  }

  private let hours = Mutex(Hours())

  /// How many hosts are remembered.
  var hostCount: Int { hours.withLock { $0.hosts.count } }

  /// Counts a recipient.
  ///
  /// - Parameter limit: the most in an hour; 0 means unlimited.
  /// - Returns: false when it is one too many; it is not counted then.
  func add(listener: String, address: IPv4Address, limit: Int, at moment: Date) -> Bool {
    guard limit > 0 else { return true }
    return hours.withLock { hours in
      let host = Host(listener: listener, address: address)
      var hour = hours.hosts[host] ?? Hour(start: moment)
      if !hour.contains(moment) { hour = Hour(start: moment) }
      guard hour.count < limit else { return false }
      hour.count += 1
      hours.hosts[host] = hour
      if hours.hosts.count > hours.bearable {
        hours.hosts = hours.hosts.filter { $0.value.contains(moment) }
        hours.bearable = max(1000, 2 * hours.hosts.count)
      }
      return true
    }
  }
}
