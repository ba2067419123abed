public import Foundation

/// What the queue takes from the appliance.
public struct QueueEnvironment: Sendable {
  /// The appliance's calendar.
  public var calendar: @Sendable () -> Date
  /// The system's host name, under which bounces and alerts are sent.
  public var hostName: @Sendable () -> String
  /// The next MID; nil while none can be had.
  public var nextID: @Sendable () -> MessageID?
  /// A text that no body holds, for MIME boundaries; letters and digits.
  public var boundary: @Sendable () -> String

  /// Makes an environment.
  public init(
    calendar: @escaping @Sendable () -> Date, hostName: @escaping @Sendable () -> String,
    nextID: @escaping @Sendable () -> MessageID?,
    boundary: @escaping @Sendable () -> String = QueueEnvironment.randomBoundary
  ) {
    self.calendar = calendar
    self.hostName = hostName
    self.nextID = nextID
    self.boundary = boundary
  }

  /// 128 random bits as letters and digits.
  @Sendable public static func randomBoundary() -> String {
    String(UInt64.random(in: 0 ... .max), radix: 36)
      + String(UInt64.random(in: 0 ... .max), radix: 36)
  }
}
