public import Foundation
public import PKI
import Synchronization

/// What a session takes from the world: the calendar, serial numbers, keys.
///
/// It is injected, so that a replay is exact and a lab can set the date.
public struct Environment: Sendable {
  /// The appliance's calendar.
  public var calendar: CalendarClock
  /// Makes the serial number of a new certificate: 1 to 20 bytes (RFC 5280 §4.1.2.2).
  public var serialNumber: @Sendable () -> [UInt8]
  /// Makes a private key; tests take keys from a pool.
  public var generateKey: @Sendable (KeyAlgorithm) async throws -> PrivateKey

  /// Makes an environment; by default that of the real world.
  public init(
    calendar: CalendarClock = CalendarClock(),
    serialNumber: @escaping @Sendable () -> [UInt8] = Environment.randomSerialNumber,
    generateKey: @escaping @Sendable (KeyAlgorithm) async throws -> PrivateKey = {
      try await PrivateKey.generate($0)
    }
  ) {
    self.calendar = calendar
    self.serialNumber = serialNumber
    self.generateKey = generateKey
  }

  /// Sixteen random bytes with the top bit clear, so that the number is positive.
  @Sendable public static func randomSerialNumber() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
    bytes[0] = bytes[0] & 0x7F | 0x40
    return bytes
  }
}

/// The appliance's calendar: real time and an offset, or a frozen moment in a replay.
///
/// It dates certificates, logs and history. Time-outs never use it.
public final class CalendarClock: Sendable {
  private let base: @Sendable () -> Date
  private let offsetState: Mutex<TimeInterval>

  /// Makes a calendar.
  ///
  /// - Parameters:
  ///   - base: real time, or a constant for a frozen calendar.
  ///   - offset: seconds that are added to it.
  public init(
    base: @escaping @Sendable () -> Date = { Date() }, offset: TimeInterval = 0
  ) {
    self.base = base
    offsetState = Mutex(offset)
  }

  /// The present moment on the appliance.
  public var now: Date { base().addingTimeInterval(offset) }

  /// Seconds by which the calendar is ahead of its base.
  public var offset: TimeInterval {
    get { offsetState.withLock { $0 } }
    set { offsetState.withLock { $0 = newValue } }
  }
}
