import Foundation
import Logs

/// What all incoming connections share.
struct MailServices: Sendable {
  let log: Log
  /// Gives connections their numbers.
  let identifiers: HighWaterMarks
  /// Puts messages on disk.
  let intake: any MessageIntake
  /// Gives messages their numbers; nil while none can be had.
  let nextMessageID: @Sendable () -> MessageID?
  let counts = ConnectionCounts()
  let totals = InboundTotals()
  let recipients = RecipientCounts()
  let suspended = SuspendedListeners()
  let limits: ConnectionLimits
  let memory: MessageMemory
  /// The appliance's calendar.
  let calendar: @Sendable () -> Date
}
