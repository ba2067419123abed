import Foundation
import Testing

@testable import Mail

@Suite struct HoldBackTests {
  /// When alerts are raised, in seconds, and what becomes of each: the number that were held back
  /// before it, or nil when it is held back itself.
  @Test(
    "of duplicates one is sent after each wait",
    arguments: [
      ([0, 1, 299, 300], [0, nil, nil, 2]),
      // The wait doubles.
      ([0, 300, 600, 899, 900, 2100], [0, 0, nil, nil, 2, 0]),
      // Up to an hour.
      ([0, 300, 900, 2100, 4500, 8099, 8100, 11_699, 11_700], [0, 0, 0, 0, 0, nil, 1, nil, 1]),
      // After an hour of quiet it begins anew.
      ([0, 300, 900, 900 + 1200 + 3600, 6000], [0, 0, 0, 0, 0]),
      ([0, 3899, 3900], [0, 0, nil]),
      // So it does when the calendar was set back.
      ([1000, 900, 1199, 1200], [0, 0, nil, 1]),
    ] as [([Int], [Int?])])
  func duplicates(seconds: [Int], verdicts: [Int?]) {
    var holdBack = HoldBack()
    let results = seconds.map { second in
      holdBack.admit(
        "key", at: .tuesday.addingTimeInterval(TimeInterval(second)), first: 300, longest: 3600)
    }
    #expect(results == verdicts)
  }

  @Test func alertsOfDifferentKindsDoNotHoldEachOtherBack() {
    var holdBack = HoldBack()
    for key in ["a", "b", "c"] {
      #expect(holdBack.admit(key, at: .tuesday, first: 300, longest: 3600) == 0)
      #expect(holdBack.admit(key, at: .tuesday, first: 300, longest: 3600) == nil)
    }
  }

  @Test func aWaitOfNothingSendsEveryAlert() {
    var holdBack = HoldBack()
    for _ in 0..<5 { #expect(holdBack.admit("a", at: .tuesday, first: 0, longest: 0) == 0) }
  }

  @Test func anAlertThatCouldNotBeSentHoldsNothingBack() {
    var holdBack = HoldBack()
    #expect(holdBack.admit("a", at: .tuesday, first: 300, longest: 3600) == 0)
    holdBack.forget("a")
    #expect(holdBack.admit("a", at: .tuesday, first: 300, longest: 3600) == 0)
  }

  @Test func onlyTheLastThousandKindsAreRemembered() {
    var holdBack = HoldBack()
    for number in 0...1000 {
      let now = Date.tuesday.addingTimeInterval(Double(number) / 100)
      #expect(holdBack.admit("\(number)", at: now, first: 300, longest: 3600) == 0)
    }
    let now = Date.tuesday.addingTimeInterval(11)
    #expect(holdBack.admit("1000", at: now, first: 300, longest: 3600) == nil)
    #expect(holdBack.admit("0", at: now, first: 300, longest: 3600) == 0)
  }
}
