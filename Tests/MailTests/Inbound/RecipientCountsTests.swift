import Addresses
import Foundation
@testable import Mail
import TestSupport
import Testing

@Suite struct RecipientCountsTests {
  @Test func recipientsAreCountedByTheHour() throws {
    let counts = RecipientCounts()
    let address = try #require(IPv4Address("10.0.0.9"))
    func add(_ listener: String = "A", after seconds: TimeInterval, limit: Int = 2) -> Bool {
      counts.add(
        listener: listener, address: address, limit: limit,
        at: Date.testMoment.addingTimeInterval(seconds))
    }
    #expect(add(after: 0) && add(after: 10))
    #expect(!add(after: 3599))
    #expect(add("B", after: 3599))
    #expect(add(after: 3599, limit: 0))
    #expect(add(after: 3600) && add(after: 3601))
    #expect(!add(after: 3602))
    // A calendar that was set back begins anew.
    #expect(add(after: 5))
  }

  @Test func oldHoursAreForgotten() throws {
    let counts = RecipientCounts()
    for number in 0..<5000 as Range<UInt32> {
      let added = counts.add(
        listener: "A", address: IPv4Address(bits: number), limit: 5,
        at: Date.testMoment.addingTimeInterval(Double(number) * 10))
      #expect(added)
    }
    #expect(counts.hostCount <= 1100)
  }
}
