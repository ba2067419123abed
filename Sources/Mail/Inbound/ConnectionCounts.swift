import Addresses
import SMTP
import Synchronization

/// Counts the connections of all listeners against their limits.
final class ConnectionCounts: Sendable {
  private struct Host: Hashable {
    let listener: String
    let address: IPv4Address
  }

  private struct Counts {
    var all = 0
    var tls = 0
    var lookUps = 0
    var listeners: [String: Int] = [:]
    var hosts: [Host: Int] = [:]
  }

  private let counts = Mutex(Counts())

  /// Counts a connection.
  ///
  /// - Returns: why it is too much; it is counted only if this is nil.
  func open(
    listener: String, address: IPv4Address, perHost: Int, perListener: Int, inAll: Int
  ) -> Reply? {
    counts.withLock { counts in
      let host = Host(listener: listener, address: address)
      if counts.hosts[host, default: 0] >= perHost { return .tooManyFromHost }
      if counts.listeners[listener, default: 0] >= perListener { return .tooManyToListener }
      if counts.all >= inAll { return .tooManyToHost }
      counts.all += 1
      counts.listeners[listener, default: 0] += 1
      counts.hosts[host, default: 0] += 1
      return nil
    }
  }

  /// Takes a connection off the count.
  func close(listener: String, address: IPv4Address) {
    counts.withLock { counts in
      let host = Host(listener: listener, address: address)
      counts.all -= 1
      counts.listeners[listener, default: 0] -= 1
      counts.hosts[host, default: 0] -= 1
      if counts.listeners[listener] == 0 { counts.listeners[listener] = nil }
      if counts.hosts[host] == 0 { counts.hosts[host] = nil }
    }
  }

  /// Counts a connection whose client is being looked up, if there is room for one.
  func openLookUp(limit: Int) -> Bool {
    counts.withLock { counts in
      guard counts.lookUps < limit else { return false }
      counts.lookUps += 1
      return true
    }
  }

  /// Takes such a connection off the count.
  func closeLookUp() { counts.withLock { $0.lookUps -= 1 } }

  /// Counts a TLS connection, if there is room for one.
  func openTLS(limit: Int) -> Bool {
    counts.withLock { counts in
      guard counts.tls < limit else { return false }
      counts.tls += 1
      return true
    }
  }

  /// Takes a TLS connection off the count.
  func closeTLS() { counts.withLock { $0.tls -= 1 } }

  /// How many connections there are at present.
  var current: Int { counts.withLock(\.all) }
}
