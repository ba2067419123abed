import Addresses

// Connections that have nothing to do.
extension DeliveryScheduler {
  /// Gives what is ready to connections that have nothing to do.
  func serveIdle(_ destination: DeliveryItem.Destination) {
    let now = services.calendar()
    while let idle = destinations[destination]?.idle.first,
      let item = destinations[destination]?.take(idle.worker.entry, at: idle.address, now: now)
    {
      destinations[destination]?.idle.removeFirst()
      idle.answer.resume(returning: item)
    }
  }

  /// The next item for a worker; nil when it should close its connection.
  func next(for worker: DeliveryWorker, at address: IPv4Address) async -> DeliveryItem? {
    let destination = worker.destination
    guard !isSuspended, !isEnding, worker.generation == generation else { return nil }
    let item = destinations[destination]?.take(
      worker.entry, at: address, now: services.calendar())
    if let item {
      // The rest may be worth another connection, now that this one is known to work.
      schedule(destination)
      return item
    }
    armTimer(for: destination)
    idleNumber += 1
    let number = idleNumber
    let patience = Task { [limits = services.limits] in
      try? await Task.sleep(for: limits.idleTime)
      dismissIdle(number, destination)
    }
    defer { patience.cancel() }
    return await withCheckedContinuation { answer in
      destinations[destination]?.idle.append(
        DestinationState.Idle(number: number, worker: worker, address: address, answer: answer))
    }
  }

  private func dismissIdle(_ number: Int, _ destination: DeliveryItem.Destination) {
    guard let index = destinations[destination]?.idle.firstIndex(where: { $0.number == number })
    else { return }
    destinations[destination]?.idle.remove(at: index).answer.resume(returning: nil)
  }

  /// Has all connections closed that have nothing to do.
  func dismissIdle() {
    for destination in destinations.keys {
      for idle in destinations[destination]?.idle ?? [] { idle.answer.resume(returning: nil) }
      destinations[destination]?.idle = []
    }
  }
}
