import Foundation
import Testing

@testable import Mail

@Suite struct RetryScheduleTests {
  @Test(
    "the wait doubles from a minute to an hour",
    arguments: [
      (1, 60), (2, 120), (3, 240), (4, 480), (5, 960), (6, 1920), (7, 3600), (8, 3600),
      (40, 3600), (99, 3600),
    ])
  func wait(attempts: Int, seconds: Int) {
    let now = Date.tuesday.addingTimeInterval(1000)
    let next = RetrySchedule().nextAttempt(after: attempts, receivedAt: .tuesday, now: now)
    #expect(next == now.addingTimeInterval(TimeInterval(seconds)))
  }

  @Test func theHundredthAttemptIsTheLast() {
    #expect(RetrySchedule().nextAttempt(after: 100, receivedAt: .tuesday, now: .tuesday) == nil)
  }

  @Test(
    "after three days it is given up, and tried once at their end",
    arguments: [
      (259_199.0, 259_200.0), (258_000, 259_200), (255_600, 259_200), (255_599, 259_199),
      (259_200, nil), (900_000, nil),
    ] as [(Double, Double?)])
  func age(seconds: Double, next: Double?) {
    #expect(
      RetrySchedule().nextAttempt(
        after: 50, receivedAt: .tuesday, now: .tuesday.addingTimeInterval(seconds))
        == next.map { Date.tuesday.addingTimeInterval($0) })
  }

  @Test func aDeliveryThatNeverSucceedsTakesSeventyEightAttempts() {
    var now = Date.tuesday
    var attempts = 1
    while let next = RetrySchedule().nextAttempt(after: attempts, receivedAt: .tuesday, now: now) {
      #expect(next > now)
      now = next
      attempts += 1
    }
    // Seven in the first 3,780 s, one an hour after them, and the last at the end.
    #expect(attempts == 7 + 70 + 1)
    #expect(now == Date.tuesday.addingTimeInterval(259_200))
  }

  @Test func itsEndIsToldInTheAppliancesWords() {
    let reason = BounceReason.expired(lastError: "TLS failed")
    #expect(reason.status == "5.4.7 - Delivery expired (message too old)")
    #expect(reason.code == "000")
    #expect(reason.lines == ["TLS failed"])
  }
}
