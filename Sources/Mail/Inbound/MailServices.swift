import Foundation
import Logs

/// What all incoming connections share.
struct MailServices: Sendable {
  /// Where messages go.
  struct Reception: Sendable {
    /// Puts them on disk.
    let intake: any MessageIntake
    /// Gives them their numbers; nil while none can be had.
    let nextID: @Sendable () -> MessageID?
  }

  let log: LogFile
  /// Gives connections their numbers.
  let identifiers: HighWaterMarks
  /// Nil when no mail can be taken.
  let reception: Reception?
  let counts = ConnectionCounts()
  let recipients = RecipientCounts()
  let suspended = SuspendedListeners()
  let limits: ConnectionLimits
  /// The appliance's calendar.
  let calendar: @Sendable () -> Date
}
