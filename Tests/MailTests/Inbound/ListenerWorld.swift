import Configuration
import Dispatch
import Foundation
import Logs
@testable import Mail
import NIOPosix
import Resolver
import Synchronization
import TestSupport

/// The factory's listener in the lab network of a slot, with an intake in memory; the calendar
/// stands at `Date.testMoment`.
final class ListenerWorld: Sendable {
  let intake: MemoryIntake
  let server: MailServer
  private let directory: TemporaryDirectory
  private let slot: LabSlot
  private let log: Log
  private let endpoint: Endpoint
  private let numbers: Numbers

  init(
    intake: MemoryIntake = MemoryIntake(), release: Release = .release14, zone: String = "",
    names: (any NameService)? = nil, limits: ConnectionLimits = ConnectionLimits(),
    _ change: (inout Configuration) -> Void = { _ in }
  ) async throws {
    self.intake = intake
    directory = try TemporaryDirectory()
    slot = try LabSlot.claim()
    log = try Log(
      in: directory.path, [Log.Subscription(name: "mail")],
      heading: LogHeading(version: release.version, serialNumber: "1"),
      calendar: { .testMoment })
    let connections = try HighWaterMarks(path: directory.path("identifiers"))
    let numbers = Numbers()
    self.numbers = numbers
    server = MailServer(
      group: MultiThreadedEventLoopGroup.singleton,
      services: MailServices(
        log: log, identifiers: connections,
        intake: intake, nextMessageID: { numbers.next() }, limits: limits,
        memory: MessageMemory(limit: limits.messageMemory),
        calendar: { .testMoment }))
    var configuration = try await Configuration.factory(
      release: release, demo: CertificatePool.shared.profile("demo.example"))
    change(&configuration)
    var network = MailNetwork(
      slot: slot.number, configuration: configuration, zone: try Zone(masterFile: zone),
      reputation: .empty)
    if let names { network.names = names }
    let prepared = await MailConfiguration.prepare(
      configuration, release: release, network: network)
    endpoint = prepared.listeners[0].endpoint
    await server.apply(prepared)
  }

  /// From now on no message gets a number.
  func stopNumbers() { numbers.stop() }

  /// The texts of the log so far, without dates and without the heading.
  func lines() async throws -> [String] {
    await log.flush()
    return try directory.text("mail.current").split(separator: "\n").dropFirst(4).map {
      $0.components(separatedBy: " Info: ")[1]
    }
  }

  /// The texts of the log about messages.
  func messageLines() async throws -> [String] {
    try await lines().filter { $0.contains("MID") }
  }

  /// Waits for so many connections to end.
  func waitForCloses(_ count: Int = 1) async throws {
    try await eventually("\(count) connections to end") {
      try await lines().count { $0.hasSuffix(" close") } >= count
    }
  }

  /// Sends everything at once, ends its direction and returns all that comes back.
  ///
  /// - Parameter source: the client's address in the appliance's world, of the form 10.0.c.d or
  ///   127.0.0.1.
  func talk(_ text: String, from source: String = "10.0.0.9") async throws -> [String] {
    let client = source.hasPrefix("127.") ? source : "127.\(slot.number)" + source.dropFirst(4)
    let endpoint = endpoint
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "client").async {
        continuation.resume(
          with: Result { try ScriptClient.exchange(Array(text.utf8), with: endpoint, from: client) }
        )
      }
    }.split(separator: "\r\n").map(String.init)
  }

  /// A message from MAIL to the dot, as a client without manners sends it.
  static func message(
    from sender: String = "a@partner.example", to recipients: [String] = ["joe@example.com"],
    _ content: String = "Message-ID: <x@y>\r\nSubject: Hello\r\n\r\nText\r\n"
  ) -> String {
    "MAIL FROM:<\(sender)>\r\n" + recipients.map { "RCPT TO:<\($0)>\r\n" }.joined()
      + "DATA\r\n\(content).\r\n"
  }
}

/// Numbers of messages, from 1.
private final class Numbers: Sendable {
  private let last = Mutex<Int?>(0)

  func next() -> MessageID? {
    last.withLock { last in
      last = last.map { $0 + 1 }
      return last.map { MessageID(number: $0) }
    }
  }

  func stop() { last.withLock { $0 = nil } }
}

/// Runs a test in a world that is closed afterwards, whatever happens.
func withListener(_ world: ListenerWorld, _ body: (ListenerWorld) async throws -> Void) async throws
{
  do {
    try await body(world)
  } catch {
    await world.server.shutDown()
    throw error
  }
  await world.server.shutDown()
}
