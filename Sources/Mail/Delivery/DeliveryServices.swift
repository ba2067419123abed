import Foundation
import Logs
import NIOCore
import Transport

/// What all outgoing connections share.
struct DeliveryServices: Sendable {
  /// The loops on which connections live.
  let group: any EventLoopGroup
  /// The mail log.
  let log: Log
  /// Where connections get their numbers.
  let identifiers: HighWaterMarks
  /// The connections that are open or being made.
  let connections = OpenChannels()
  /// How patient deliveries are.
  let limits: DeliveryLimits
  /// The appliance's calendar.
  let calendar: @Sendable () -> Date
}
