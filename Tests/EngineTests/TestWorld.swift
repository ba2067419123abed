import Configuration
import ConfigurationStore
import Control
import Engine
import Foundation
import Mail
import PKI
import TestSupport

/// An appliance with its engine: a directory and a slot of its own, calendar at `Date.testMoment`.
struct TestWorld {
  /// How often an engine looks for what nobody told it of.
  static let pollInterval = Duration.milliseconds(50)

  let directory: TemporaryDirectory
  let appliance: Appliance
  let engine: Engine
  /// What the start complained of.
  let troubles: [String]

  /// Makes the appliance, commits changes to it, and starts its engine.
  init(
    release: Release = .release14, limits: ConnectionLimits = ConnectionLimits(),
    webLimits: WebLimits = WebLimits(), sbrs: String? = nil, zone: String? = nil,
    recordedSlot: UInt8? = nil, yields: Bool = false, pollInterval: Duration = Self.pollInterval,
    _ change: (inout Configuration) throws -> Void = { _ in }
  ) async throws {
    await Gate.worlds.enter()
    do {
      directory = try TemporaryDirectory()
      appliance = try await Appliance(
        at: directory.path, release: release, environment: .test())
      if let sbrs { try directory.write(Array(sbrs.utf8), to: "network/sbrs") }
      if let recordedSlot {
        try directory.write(Array("{\"slot\":\(recordedSlot)}".utf8), to: "engine.json")
      }
      if let zone { try directory.write(Array(zone.utf8), to: "network/zone") }
      try await Self.commit(appliance.store, change)
      engine = try await Self.claim(
        appliance, limits, webLimits, yields: yields, every: pollInterval)
      troubles = try await engine.start()
      if let trouble = troubles.first(where: { $0.contains("cannot listen") }) {
        await engine.shutDown()
        throw Surprise(trouble)
      }
    } catch {
      await Gate.worlds.leave()
      throw error
    }
  }

  /// Becomes an appliance's engine, with a slot that no other test has.
  static func claim(
    _ appliance: Appliance, _ limits: ConnectionLimits = ConnectionLimits(),
    _ webLimits: WebLimits = WebLimits(), yields: Bool = false,
    every pollInterval: Duration = Self.pollInterval
  ) async throws -> Engine {
    var options = EngineOptions()
    options.yields = yields
    options.mailLimits.inbound = limits
    options.webLimits = webLimits
    // Test clients often stay while the engine ends.
    options.mailLimits.inbound.farewellTime = min(limits.farewellTime, .milliseconds(300))
    options.pollInterval = pollInterval
    // A child that another test has just forked may hold the lock for a moment.
    options.patience = .seconds(10)
    guard let engine = try await Engine.claim(appliance, options) else {
      throw Surprise("another process is the engine")
    }
    return engine
  }

  /// Commits changes and returns the newest version.
  @discardableResult
  static func commit(
    _ store: ConfigurationStore, _ change: (inout Configuration) throws -> Void
  ) async throws -> Int {
    let base = try await store.committed()
    var draft = base.configuration
    try change(&draft)
    let outcome = try await store.commit(
      draft, madeFrom: base, user: "admin", comment: "", isKeptForRollback: false)
    guard case .committed(let record) = outcome else { return base.version }
    return record.number
  }

  /// Commits changes and has them served, as `commit` at the prompt does.
  @discardableResult
  func commit(_ change: (inout Configuration) throws -> Void) async throws -> [String] {
    await engine.apply(version: try await Self.commit(appliance.store, change))
  }

  /// Where a service is reached.
  func service(_ kind: EngineAddresses.Service.Kind, _ name: String) async throws
    -> EngineAddresses.Service
  {
    let services = await engine.serviceAddresses.services
    guard let found = services.first(where: { $0.kind == kind && $0.name == name }) else {
      throw Surprise("no service \(name) in \(services)")
    }
    return found
  }

  /// The real address at which an address of the appliance's world is reached, for a client.
  func source(_ lastBytes: String) async -> String {
    "127.\(await engine.serviceAddresses.slot ?? 0).\(lastBytes)"
  }

  /// Connects to the listener IncomingMail.
  ///
  /// - Parameters:
  ///   - lastBytes: the last two bytes of the client's address; by default a stranger's, 10.0.0.9.
  ///   - window: how many bytes the system keeps for the client; nil for its usual.
  func connect(from lastBytes: String = "0.9", window: Int? = nil) async throws -> Client {
    try await Client(service(.smtp, "IncomingMail"), from: source(lastBytes), window: window)
  }

  /// The texts of the mail log so far, without dates and without the heading.
  var log: [String] {
    get async throws {
      await engine.flushLogs()
      return try directory.text("log/mail.current").split(separator: "\n").drop {
        !$0.hasSuffix("System is coming up.")
      }.dropFirst().map {
        String($0.drop { $0 != ":" }.dropFirst(7).drop { $0 != ":" }.dropFirst(2))
      }
    }
  }

  /// The mail log, once it holds so many `close` lines.
  func log(closes: Int) async throws -> [String] {
    try await eventually("\(closes) close lines") {
      try await log.count { $0.hasSuffix(" close") } >= closes
    }
    return try await log
  }

  /// Ends the engine and makes room for another test's.
  func end() async {
    await engine.shutDown()
    await Gate.worlds.leave()
  }
}

/// Runs a test in a world that is closed afterwards, whatever happens.
func withWorld(
  release: Release = .release14, limits: ConnectionLimits = ConnectionLimits(),
  webLimits: WebLimits = WebLimits(), sbrs: String? = nil, zone: String? = nil,
  _ change: (inout Configuration) throws -> Void = { _ in },
  _ body: (TestWorld) async throws -> Void
) async throws {
  let world = try await TestWorld(
    release: release, limits: limits, webLimits: webLimits, sbrs: sbrs, zone: zone, change)
  do {
    try await body(world)
  } catch {
    await world.end()
    throw error
  }
  await world.end()
}

extension Configuration {
  /// The TLS level of all policies of IncomingMail that do not set their own.
  var tls: InboundTLS {
    get { listeners["IncomingMail"]?.hostAccess.defaults.tls ?? .off }
    set { listeners["IncomingMail"]?.hostAccess.defaults.tls = newValue }
  }

  /// Puts a sender group with a policy of its own on top of IncomingMail's table.
  mutating func addGroup(
    _ name: String, _ senders: [String], behavior: ConnectionBehavior = .accept,
    tls: InboundTLS? = nil, _ change: (inout PolicyOverrides) -> Void = { _ in }
  ) {
    var overrides = PolicyOverrides()
    overrides.tls = tls
    change(&overrides)
    listeners["IncomingMail"]?.hostAccess.policies.append(
      MailFlowPolicy(name: "$\(name)", behavior: behavior, overrides: overrides))
    listeners["IncomingMail"]?.hostAccess.groups.insert(
      SenderGroup(name: name, policy: "$\(name)", senders: senders.map { Sender($0) }), at: 0)
  }
}

/// What a test did not expect from its world.
struct Surprise: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
