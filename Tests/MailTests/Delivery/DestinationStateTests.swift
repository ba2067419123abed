import Addresses
import Configuration
import Foundation
import Testing
@testable import Mail

@Suite struct DestinationStateTests {
  private static let now = Date(timeIntervalSince1970: 1_000_000)
  private static let host = IPv4Address(bits: 0x0A00_0001)

  private func item(_ number: Int, recipients: Int = 1, due: Double = 0) -> DeliveryItem {
    let due = Self.now + due
    return DeliveryItem(
      message: QueuedMessage(
        id: MessageID(number: number), sender: "a@b", recipients: [], size: 1, isEightBit: false,
        bounceProfile: "Default", isAlert: false, receivedAt: Self.now),
      recipients: (0..<recipients).map {
        .init(index: $0, address: "\($0)@c.d", attempts: 0, due: due)
      }, due: due)
  }

  private func numbers(_ state: inout DestinationState, _ entry: DestinationDefaults = .init())
    -> [Int]
  {
    var numbers: [Int] = []
    while let item = state.take(entry, at: Self.host, now: Self.now) {
      numbers.append(item.message.id.number)
    }
    return numbers
  }

  @Test func whatIsDueLaterWaitsInTheOrderOfTime() {
    var state = DestinationState(domain: "c.d")
    for (number, due) in [(1, 30.0), (2, 10), (3, 0), (4, 20), (5, 20)] {
      state.insert(item(number, due: due), now: Self.now)
    }
    #expect(state.nextEvent == Self.now + 10)
    #expect(numbers(&state) == [3])
    state.promote(now: Self.now + 20)
    #expect(numbers(&state) == [2, 4, 5])
    #expect(state.nextEvent == Self.now + 30)
    state.promoteAll()
    #expect(numbers(&state) == [1])
    #expect(state.nextEvent == nil)
  }

  @Test func aConnectionIsTriedBeforeOthersFollow() {
    var state = DestinationState(domain: "c.d")
    #expect(!state.wantsWorker(limit: 500))
    for number in 1...21 { state.insert(item(number), now: Self.now) }
    #expect(state.wantsWorker(limit: 500))
    state.workers = 1
    #expect(!state.wantsWorker(limit: 500))
    state.connected = 1
    #expect(state.wantsWorker(limit: 500))
    #expect(!state.wantsWorker(limit: 1))
    state.workers = 2
    state.connected = 2
    #expect(state.wantsWorker(limit: 500))
    state.mostConnections = 2
    #expect(!state.wantsWorker(limit: 500))
  }

  @Test func connectionsBeingMadeByAnEarlierConfigurationAreNotWaitedFor() {
    var state = DestinationState(domain: "c.d")
    state.insert(item(1), now: Self.now)
    state.workers = 1
    state.obeyAnew()
    #expect(state.wantsWorker(limit: 500))
    #expect(!state.wantsWorker(limit: 1))
    state.workers = 2
    #expect(!state.wantsWorker(limit: 500))
  }

  @Test func theRecipientLimitDividesMessages() {
    var state = DestinationState(domain: "c.d")
    var entry = DestinationDefaults()
    entry.recipientLimit = 3
    entry.recipientMinutes = 1
    state.insert(item(1, recipients: 2), now: Self.now)
    state.insert(item(2, recipients: 5), now: Self.now)
    #expect(numbers(&state, entry) == [1, 2])
    #expect(state.heldUntil == Self.now + 60)
    #expect(state.nextEvent == Self.now + 60)
    #expect(!state.wantsWorker(limit: 500))
    state.promote(now: Self.now + 60)
    let next = state.take(entry, at: Self.host, now: Self.now + 60)
    #expect(next?.recipients.map(\.index) == [1, 2, 3])
    #expect(state.take(entry, at: Self.host, now: Self.now + 60) == nil)
  }

  @Test func itIsAtRestWhenNothingWaitsAndNoLimitHasToBeKept() {
    var state = DestinationState(domain: "c.d")
    var entry = DestinationDefaults()
    entry.recipientLimit = 1
    entry.recipientMinutes = 1
    #expect(state.isAtRest(entry, now: Self.now))
    state.insert(item(1), now: Self.now)
    #expect(!state.isAtRest(entry, now: Self.now))
    #expect(numbers(&state, entry) == [1])
    #expect(!state.isAtRest(entry, now: Self.now + 59))
    #expect(state.isAtRest(entry, now: Self.now + 60))
    state.workers = 1
    #expect(!state.isAtRest(entry, now: Self.now + 60))
    state.workers = 0
    state.insert(item(2, due: 90), now: Self.now)
    #expect(!state.isAtRest(entry, now: Self.now + 60))
  }

  @Test func recipientsOfDomainsAndTimesAreItemsOfTheirOwn() {
    let message = QueuedMessage(
      id: MessageID(number: 1), sender: "",
      recipients: [
        .init(index: 0, address: "a@C.d", attempts: 0, due: Self.now),
        .init(index: 1, address: "b@c.D", attempts: 0, due: Self.now),
        .init(index: 2, address: "c@c.d", attempts: 1, due: Self.now + 60),
        .init(index: 3, address: "\"x@y\"@e.f", attempts: 0, due: Self.now),
        .init(index: 4, address: "nobody", attempts: 0, due: Self.now),
      ], size: 1, isEightBit: false, bounceProfile: "Default", isAlert: false,
      receivedAt: Self.now)
    let items = DeliveryItem.items(of: message).map { destination, item in
      "\(destination.domain) \(item.recipients.map(\.index)) \(item.due == Self.now)"
    }
    #expect(
      items.sorted() == [" [4] true", "c.d [0, 1] true", "c.d [2] false", "e.f [3] true"])
  }
}
