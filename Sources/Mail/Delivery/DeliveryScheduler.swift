import Configuration
import Foundation
import NIOCore
import Transport

/// Decides when mail leaves, and on how many connections.
actor DeliveryScheduler {
  let services: DeliveryServices
  let queue: MessageQueue
  let alerts: any AlertSink

  private(set) var configuration: DeliveryConfiguration?
  /// Counts configurations: a connection takes no message after the next one has come.
  private(set) var generation = 0
  var destinations: [DeliveryItem.Destination: DestinationState] = [:]
  /// They are looked through for old ones when there are more than so many.
  private var destinationLimit = 0
  private(set) var isSuspended = false
  private(set) var isEnding = false
  private(set) var workers: [Int: Task<Void, Never>] = [:]
  private var workerNumber = 0
  private var tlsWorkers = 0
  /// Destinations that wait for a system-wide cap.
  private var blocked: Set<DeliveryItem.Destination> = []
  /// Numbers the waits of connections that have nothing to do.
  var idleNumber = 0
  /// How many settlements are being written.
  private var settlements = 0
  /// Bounces that came meanwhile: the log tells first what they are the bounces of.
  private var heldBounces: [QueuedMessage] = []
  /// Wakes whoever looks when the next thing is due.
  var timer: (due: Date, task: Task<Void, Never>)?
  private var follower: Task<Void, Never>?
  var totals = DeliveryTotals()

  init(services: DeliveryServices, queue: MessageQueue, alerts: any AlertSink) {
    self.services = services
    self.queue = queue
    self.alerts = alerts
  }

  // MARK: Life

  /// Takes in what waits in the queue, and follows it from now on.
  ///
  /// Nothing is delivered before the first `apply`.
  func start() async throws {
    let (stream, arrivals) = AsyncStream.makeStream(of: [QueuedMessage].self)
    let waiting = try await queue.follow { arrivals.yield($0) }
    accept(waiting)
    follower = Task { [weak self] in
      for await messages in stream { await self?.accept(messages) }
    }
  }

  /// Goes by a configuration from now on; connections that are open finish their message.
  ///
  /// - Parameter configuration: nil to deliver nothing.
  func apply(_ configuration: DeliveryConfiguration?) {
    self.configuration = configuration
    generation += 1
    dismissIdle()
    for destination in destinations.keys { destinations[destination]?.obeyAnew() }
    scheduleAll()
  }

  /// Ends all connections; deliveries under way may finish for some time.
  func shutDown(within limit: Duration) async {
    isEnding = true
    follower?.cancel()
    timer?.task.cancel()
    dismissIdle()
    await waitForWorkers(limit)
    await services.connections.end()
    // What is not bound to a connection, such as a question to the DNS, is not waited for.
    await waitForWorkers(.seconds(1))
    for worker in workers.values { worker.cancel() }
  }

  private func waitForWorkers(_ limit: Duration) async {
    let deadline = ContinuousClock.now + limit
    while !workers.isEmpty, ContinuousClock.now < deadline, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Waits until the deliveries that are under way are finished, and cuts the connections of those
  /// that are not; nothing new must begin meanwhile.
  ///
  /// - Parameter limit: how long to wait.
  /// - Throws: `CancellationError` when the task is cancelled; then none is cut.
  func finish(within limit: Duration) async throws {
    await waitForWorkers(limit)
    try Task.checkCancellation()
    guard isSuspended, !workers.isEmpty else { return }
    services.connections.close()
    await waitForWorkers(.seconds(1))
  }

  /// Stops or resumes all deliveries; messages under way are finished.
  func setSuspended(_ isSuspended: Bool) {
    self.isSuspended = isSuspended
    if isSuspended { dismissIdle() } else { scheduleAll() }
  }

  // MARK: What waits

  private func accept(_ messages: [QueuedMessage]) {
    guard settlements == 0 else {
      heldBounces += messages.filter(\.sender.isEmpty)
      takeIn(messages.filter { !$0.sender.isEmpty })
      return
    }
    takeIn(messages)
  }

  /// Notes durably what became of recipients.
  ///
  /// - Parameter log: is told what that did, before any bounce is sent.
  func settle(
    _ outcomes: [MessageID: [Int: RecipientOutcome]], _ log: (Settlement) -> Void
  ) async {
    settlements += 1
    // Nothing can be noted any more once the queue is closed; the next engine tries again.
    if let settlement = try? await queue.settle(outcomes) { log(settlement) }
    settlements -= 1
    let bounces = heldBounces
    heldBounces = []
    takeIn(bounces)
  }

  private func takeIn(_ messages: [QueuedMessage]) {
    let now = services.calendar()
    var touched: Set<DeliveryItem.Destination> = []
    for message in messages {
      for (destination, item) in DeliveryItem.items(of: message) {
        insert(item, for: destination, now: now)
        touched.insert(destination)
      }
    }
    for destination in touched {
      schedule(destination)
      armTimer(for: destination)
    }
    forgetOldest(now: now)
  }

  /// Forgets destinations that are at rest, but for those that were used last.
  private func forgetOldest(now: Date) {
    guard let configuration, destinations.count > destinationLimit else { return }
    let resting = destinations.filter { destination, state in
      state.isAtRest(configuration.controls(for: destination), now: now)
    }
    for (destination, _) in resting.sorted(by: { $0.value.usedAt < $1.value.usedAt })
      .dropLast(services.limits.restingDestinations)
    {
      destinations[destination] = nil
    }
    destinationLimit = destinations.count + services.limits.restingDestinations
  }

  func insert(_ item: DeliveryItem, for destination: DeliveryItem.Destination, now: Date) {
    destinations[destination, default: DestinationState(domain: destination.domain)]
      .insert(item, now: now)
  }

  // MARK: Connections

  func scheduleAll() {
    for destination in Array(destinations.keys) { schedule(destination) }
  }

  /// Gives what is ready to connections that have nothing to do, and opens another if that helps.
  func schedule(_ destination: DeliveryItem.Destination) {
    guard !isSuspended, !isEnding, let configuration else { return }
    serveIdle(destination)
    let entry = configuration.controls(for: destination)
    guard let state = destinations[destination],
      state.wantsWorker(limit: entry.scope.isPerExchanger ? .max : entry.maxConnections)
    else { return }
    let usesTLS = entry.tls.triesTLS || entry.dane != .none
    guard workers.count < configuration.settings.maxConnections,
      !usesTLS || tlsWorkers < configuration.settings.maxTLSConnections
    else {
      blocked.insert(destination)
      return
    }
    startWorker(destination, configuration, entry, usesTLS: usesTLS)
  }

  private func startWorker(
    _ destination: DeliveryItem.Destination, _ configuration: DeliveryConfiguration,
    _ entry: DestinationDefaults, usesTLS: Bool
  ) {
    let worker = DeliveryWorker(
      destination: destination, configuration: configuration, entry: entry, services: services,
      scheduler: self, generation: generation)
    workerNumber += 1
    let number = workerNumber
    destinations[destination]?.workers += 1
    if usesTLS { tlsWorkers += 1 }
    workers[number] = Task {
      let wasOpened = await worker.run()
      ended(number, worker, wasOpened: wasOpened, usesTLS: usesTLS)
    }
  }

  private func ended(_ number: Int, _ worker: DeliveryWorker, wasOpened: Bool, usesTLS: Bool) {
    let destination = worker.destination
    workers[number] = nil
    if usesTLS { tlsWorkers -= 1 }
    if !wasOpened { noLongerOpening(worker) }
    destinations[destination]?.workers -= 1
    if destinations[destination]?.workers == 0 {
      destinations[destination]?.mostConnections = nil
      destinations[destination]?.outdated = 0
    }
    let waiting = blocked
    blocked = []
    schedule(destination)
    for other in waiting { schedule(other) }
  }
}
