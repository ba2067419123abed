import Foundation

/// What the queue takes from the appliance.
struct QueueEnvironment: Sendable {
  /// The appliance's calendar.
  var calendar: @Sendable () -> Date
  /// The system's host name, under which bounces and alerts are sent.
  var hostName: @Sendable () -> String
  /// The next MID; nil while none can be had.
  var nextID: @Sendable () -> MessageID?
  /// A text that no body holds, for MIME boundaries; letters and digits.
  var boundary: @Sendable () -> String

  /// Makes an environment.
  init(
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
  @Sendable static func randomBoundary() -> String {
    String(UInt64.random(in: 0 ... .max), radix: 36)
      + String(UInt64.random(in: 0 ... .max), radix: 36)
  }
}
