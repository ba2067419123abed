import Foundation

/// When a delivery is tried again, and when it is given up: a bounce profile.
///
/// All times are the calendar's, so that a lab can let days pass.
struct RetrySchedule: Hashable, Sendable {
  /// The most attempts.
  var maximumAttempts = 100
  /// The most seconds for which a message waits.
  var maximumSeconds = 259_200
  /// Seconds from the first attempt to the second; each later wait is twice as long.
  var firstWait = 60
  /// The most seconds to which waits double.
  var longestWait = 3600

  /// Makes the bounce profile `Default`.
  init() {}

  /// When the next attempt is due; nil when the message is given up.
  ///
  /// The last attempt is made at the end of the time, whenever the one before was.
  ///
  /// - Parameters:
  ///   - attempts: how many have failed, at least one.
  ///   - receivedAt: when the message came into the queue.
  ///   - now: when the last one failed.
  func nextAttempt(after attempts: Int, receivedAt: Date, now: Date) -> Date? {
    let end = receivedAt.addingTimeInterval(TimeInterval(maximumSeconds))
    guard attempts < maximumAttempts, now < end else { return nil }
    return min(now.addingTimeInterval(TimeInterval(wait(after: attempts))), end)
  }

  /// Seconds from a failed attempt to the next one.
  func wait(after attempts: Int) -> Int {
    // 2^20 of the shortest wait is beyond any longest one, and no overflow.
    min(firstWait << min(max(attempts - 1, 0), 20), longestWait)
  }
}

extension BounceReason {
  /// The message waited for too long.
  ///
  /// - Parameter lastError: why the last attempt failed.
  static func expired(lastError: String) -> BounceReason {
    BounceReason(
      status: "5.4.7 - Delivery expired (message too old)", code: "000", lines: [lastError])
  }
}
