import Addresses
import Configuration
import ConfigurationStore
import Foundation
import Logs
import NIOCore
import NIOPosix
import PKI
import Peers
import Resolver
import Synchronization
import TestSupport
@testable import Mail

/// Deliveries without an engine around them: a queue, a log, peers in the lab network of a slot,
/// the calendar at `Date.testMoment`.
final class DeliveryWorld: Sendable {
  let directory: TemporaryDirectory
  let appliance: Appliance
  let release: Release
  let lab: PeerLab
  let queue: MessageQueue
  let scheduler: DeliveryScheduler
  let alerts = AlertRecorder()
  private let zone: Mutex<Zone>
  private let slot: LabSlot
  private let log: Log
  private let limits: DeliveryLimits
  private let peers = Mutex<[Peer]>([])
  private let lastID = Mutex(0)

  /// One exchanger, and nobody behind it.
  static let zone = """
    partner.example.       60 IN MX 10 mx1.partner.example.
    mx1.partner.example.   60 IN A 10.0.0.1
    1.0.0.10.in-addr.arpa. 60 IN PTR mx1.partner.example.

    """

  init(
    release: Release = .release14, zone: String = DeliveryWorld.zone,
    cachedBytes: Int = QueueLimits().cachedBytes,
    limits: (inout DeliveryLimits) -> Void = { _ in }
  ) async throws {
    self.release = release
    self.zone = Mutex(try Zone(masterFile: zone))
    directory = try TemporaryDirectory()
    appliance = try await Appliance(
      at: directory.path, release: release, environment: .test())
    slot = try LabSlot.claim()
    let clock = appliance.environment.calendar
    let calendar: @Sendable () -> Date = { clock.now }
    log = try Log(
      in: appliance.logFolder, [Log.Subscription(name: "mail")],
      heading: LogHeading(version: release.version, serialNumber: "1"), calendar: calendar)
    var patience = DeliveryLimits()
    patience.idleTime = .milliseconds(50)
    limits(&patience)
    self.limits = patience
    let numbers = Counter()
    var queueLimits = QueueLimits()
    queueLimits.cachedBytes = cachedBytes
    queue = try MessageQueue(
      path: directory.path("queue.sqlite"), limits: queueLimits,
      environment: QueueEnvironment(
        calendar: calendar, hostName: { "mail.example.com" },
        nextID: { MessageID(number: 1000 + numbers.next()) }))
    let group = MultiThreadedEventLoopGroup.singleton
    scheduler = DeliveryScheduler(
      services: DeliveryServices(
        group: group, log: log,
        identifiers: try HighWaterMarks(path: directory.path("identifiers-dcid")),
        limits: patience, calendar: calendar),
      queue: queue, alerts: alerts)
    let network = Self.network(
      slot, try await appliance.store.committed().configuration, try Zone(masterFile: zone))
    lab = PeerLab(
      folder: appliance.networkFolder, map: network.map, group: group, calendar: calendar)
    try await scheduler.start()
  }

  private static func network(_ slot: LabSlot, _ configuration: Configuration, _ zone: Zone)
    -> MailNetwork
  {
    MailNetwork(
      slot: slot.number, configuration: configuration, zone: zone, reputation: .empty)
  }

  /// Has a configuration delivered by: the factory's, the lab's authority as the only one, and
  /// changes.
  func apply(_ change: (inout Configuration) throws -> Void = { _ in }) async throws {
    var configuration = try await appliance.store.committed().configuration
    let root = try await lab.authority.open(at: .testMoment).root.certificate
    configuration.authorities[root.sha256] = CertificateAuthority(certificate: root)
    configuration.authorityLists.isCustomEnabled = true
    configuration.authorityLists.isSystemEnabled = false
    try change(&configuration)
    let network = Self.network(slot, configuration, zone.withLock { $0 })
    let mail = await MailConfiguration.prepare(
      configuration, release: release, network: network)
    await scheduler.apply(mail.delivery)
  }

  /// Has the next `apply` see other names.
  func use(zone text: String) throws {
    let new = try Zone(masterFile: text)
    zone.withLock { $0 = new }
  }

  /// Starts a peer, which ends with the world.
  @discardableResult
  func peer(
    _ behaviour: String, _ host: String = "mx1.partner.example",
    at address: IPv4Address = IPv4Address(bits: 0x0A00_0001)
  ) async throws -> Peer {
    guard let behaviour = Behaviour.named(behaviour) else { throw Surprise(behaviour) }
    let peer = try await lab.start(host, behaviour, at: address)
    peers.withLock { $0.append(peer) }
    return peer
  }

  /// Puts a message into the queue; returns when it is there.
  @discardableResult
  func send(
    to recipients: String..., from sender: String = "joe@example.com", text: String = "Hello",
    isAlert: Bool = false
  ) async throws -> MessageID {
    let id = MessageID(
      number: lastID.withLock {
        $0 += 1
        return $0
      })
    let promise = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Void.self)
    queue.accept(
      NewMessage(
        id: id, sender: sender, recipients: recipients,
        content: Array("Subject: test\r\n\r\n\(text)\r\n".utf8), isAlert: isAlert,
        receivedAt: appliance.environment.calendar.now),
      promise: promise)
    try await promise.futureResult.get()
    return id
  }

  /// Lets time pass on the calendar.
  func advance(seconds: Double) async {
    appliance.environment.calendar.offset += seconds
    await scheduler.calendarMoved()
  }

  /// The texts of the mail log so far, without dates and without the heading.
  var logLines: [String] {
    get async throws {
      await log.flush()
      return try directory.text("log/mail.current").split(separator: "\n").drop {
        !$0.hasSuffix("System is coming up.")
      }.dropFirst().map {
        String($0.drop { $0 != ":" }.dropFirst(7).drop { $0 != ":" }.dropFirst(2))
      }
    }
  }

  /// The mail log once it holds a line.
  func log(with line: String) async throws -> [String] {
    do {
      try await eventually(line) { try await logLines.contains { $0.contains(line) } }
    } catch {
      throw Surprise("no \"\(line)\" in \(try await logLines)")
    }
    return try await logLines
  }

  /// Ends everything.
  func end() async throws {
    await scheduler.shutDown(within: .zero)
    for peer in peers.withLock({ $0 }) { await peer.stop() }
    try await queue.close()
    await log.close()
  }
}

/// Runs a test in a world that is closed afterwards, whatever happens.
func withDeliveries(
  release: Release = .release14, zone: String = DeliveryWorld.zone,
  cachedBytes: Int = QueueLimits().cachedBytes,
  limits: (inout DeliveryLimits) -> Void = { _ in },
  _ body: (DeliveryWorld) async throws -> Void
) async throws {
  await Gate.worlds.enter()
  do {
    let world = try await DeliveryWorld(
      release: release, zone: zone, cachedBytes: cachedBytes, limits: limits)
    let result = await Result(catching: { try await body(world) })
    try await world.end()
    try result.get()
  } catch {
    await Gate.worlds.leave()
    throw error
  }
  await Gate.worlds.leave()
}

extension Result where Failure == any Error {
  /// What an asynchronous function returns or throws.
  init(catching body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}

/// Keeps the alerts that were raised.
final class AlertRecorder: AlertSink {
  private let raised = Mutex<[Alert]>([])

  var all: [Alert] { raised.withLock { $0 } }

  func raise(_ alert: Alert) { raised.withLock { $0.append(alert) } }
}

/// Counts from 1, for any number of tasks.
final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock { value in
      value += 1
      return value
    }
  }
}
