import Foundation
import Logs

/// What all incoming connections share.
struct MailServices: Sendable {
  let log: LogFile
  let identifiers: HighWaterMarks
  let counts = ConnectionCounts()
  let limits: ConnectionLimits
  /// The appliance's calendar.
  let calendar: @Sendable () -> Date
}
