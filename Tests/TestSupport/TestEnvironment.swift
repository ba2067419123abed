public import ConfigurationStore
public import Foundation
import Synchronization

extension Environment {
  /// An environment in which nothing is left to chance: the calendar stands at a moment, serial
  /// numbers count from 1, keys come from the pool in turn.
  public static func test(at date: Date = .testMoment) async throws -> Environment {
    let pool = try await CertificatePool.shared
    let serial = Counter()
    let key = Counter()
    return Environment(
      calendar: CalendarClock(base: { date }),
      serialNumber: { [UInt8(truncatingIfNeeded: serial.next() % 127 + 1)] },
      generateKey: { pool.key($0, key.next()) })
  }
}

/// Counts from 0, for any number of tasks.
private final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      defer { value += 1 }
      return value
    }
  }
}
