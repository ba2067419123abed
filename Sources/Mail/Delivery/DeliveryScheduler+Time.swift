import Foundation

// When the next thing is due.
extension DeliveryScheduler {
  /// Looks again at what is due: the calendar was moved.
  func calendarMoved() {
    timer?.task.cancel()
    timer = nil
    let now = services.calendar()
    for destination in destinations.keys { destinations[destination]?.promote(now: now) }
    scheduleAll()
    armTimer()
  }

  /// Sees to it that somebody looks when the next thing is due.
  func armTimer() { armTimer(at: destinations.values.compactMap(\.nextEvent).min()) }

  /// The same where only this destination may have come to wait for something.
  ///
  /// The others are not asked, or each message would cost more the more destinations there are. A
  /// timer that has nothing to wake any more does no harm: whoever it wakes looks at all of them.
  func armTimer(for destination: DeliveryItem.Destination) {
    guard let due = destinations[destination]?.nextEvent, due < timer?.due ?? .distantFuture
    else { return }
    armTimer(at: due)
  }

  private func armTimer(at due: Date?) {
    guard !isEnding, let due else {
      timer?.task.cancel()
      timer = nil
      return
    }
    guard timer?.due != due else { return }
    timer?.task.cancel()
    let wait = max(0.01, due.timeIntervalSince(services.calendar()))
    timer = (
      due,
      Task { [weak self] in
        try? await Task.sleep(for: .seconds(min(wait, 86_400)))
        if !Task.isCancelled { await self?.calendarMoved() }
      }
    )
  }
}
