import Configuration
public import ConfigurationStore
public import Control
import Files
import Foundation
import Logs
import Mail
import NIOCore
import NIOPosix
import PKI
import Resolver
import Transport

/// Serves an appliance's committed configuration: listeners, HTTPS, mail log, control socket.
///
/// One process at a time is an appliance's engine; it holds `engine.lock`. An engine that is given
/// up without `shutDown` leaves its sockets open until the process ends.
public actor Engine {
  /// What runs between start and end.
  struct Running {
    let group: MultiThreadedEventLoopGroup
    let log: Log
    let systemLog: Log
    let mail: MailEngine
    let web: WebServer
    /// Nil on the real network.
    let store: InsideStore?
    let revocation: RevocationUpdater
    var control: ControlSocket?
    var follower: Task<Void, Never>?
  }

  let appliance: Appliance
  let options: EngineOptions
  /// The lab network's slot; nil on the real network.
  private var slot: LabSlot?
  private var lock: FileLock?
  var running: Running?
  private(set) var isEnding = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// The serving that is under way, or was last; the next waits for it.
  var applying: Task<Void, Never>?

  /// The committed version that is served; 0 before the first.
  var version = 0
  /// Where it is served.
  var addresses = EngineAddresses(services: [], slot: nil, stranger: nil)
  private var starting: Task<[String], any Error>?
  /// The network's files that are served.
  var stamp: NetworkFiles.Stamp?
  /// The network's files as they were looked at last.
  var seenStamp: NetworkFiles.Stamp?
  /// What is wrong with those files, and with the logs'.
  var fileTroubles: [String] = []
  /// What the network's files held when they could be read last.
  var lastFiles: NetworkFiles.Contents?
  /// Where the served configuration looks for revocation lists.
  var surroundings: RevocationUpdater.Surroundings?
  /// The revocation lists that are served.
  var revocationLists: [RevocationList] = []
  /// The look for revocation lists whose time has come.
  var updatingLists: Task<Void, Never>?
  /// Real name servers, for the real network.
  let resolver = Unbound()

  /// Becomes an appliance's engine, without serving anything yet.
  ///
  /// - Returns: nil when another process is the engine, and stays so for the options' patience.
  /// - Throws: an error with a sentence when lock or slot cannot be had.
  public static func claim(_ appliance: Appliance, _ options: EngineOptions = EngineOptions())
    async throws -> Engine?
  {
    let path = "\(appliance.directory)/engine.lock"
    let deadline = ContinuousClock.now + options.patience
    while true {
      if let lock = try FileLock(path: path, waits: false) {
        return try Engine(appliance, options, lock)
      }
      guard ContinuousClock.now < deadline else { return nil }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private init(_ appliance: Appliance, _ options: EngineOptions, _ lock: FileLock) throws {
    self.appliance = appliance
    self.options = options
    self.lock = lock
    switch options.network {
    case .real:
      slot = nil
    case .lab:
      slot = try LabSlot.claim(preferring: EngineFile(in: appliance.directory)?.slot)
    }
    addresses.slot = slot?.number
  }

  /// Opens everything and serves the newest committed version.
  ///
  /// - Returns: a sentence for each thing that is not served as it should be.
  /// - Throws: an error with a sentence when the engine cannot run at all.
  public func start() async throws -> [String] {
    guard running == nil, starting == nil, !isEnding else { return [] }
    let opening = Task { try await open() }
    starting = opening
    defer { starting = nil }
    return try await opening.value
  }

  private func open() async throws -> [String] {
    let committed = try await appliance.store.committed()
    let clock = appliance.environment.calendar
    let calendar: @Sendable () -> Date = { clock.now }
    let log = try appliance.log(.mail, committed.configuration.log)
    let systemLog = try appliance.log(.system, committed.configuration.log)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: min(2, System.coreCount))
    let mail = try MailEngine(
      directory: appliance.directory, group: group, log: log, heading: appliance.logHeading,
      limits: options.mailLimits, calendar: calendar)
    let network = network(for: committed.configuration, networkFiles.read())
    let store =
      slot == nil
      ? nil
      : InsideStore(
        folder: appliance.networkFolder, map: network.map, group: group, calendar: calendar)
    running = Running(
      group: group, log: log, systemLog: systemLog, mail: mail,
      web: WebServer(group: group, limits: options.webLimits, calendar: calendar), store: store,
      revocation: RevocationUpdater(of: appliance, group: group, log: systemLog))
    do {
      await store?.start()
      try await mail.start()
      // Before anything is served: a commit meanwhile finds somebody to tell.
      let control = try await ControlSocket.open(in: appliance.directory, group: group) {
        [weak self] in await self?.handle($0) ?? .refused("The engine is ending.")
      }
      running?.control = control
      try record()
      // Whoever left a message before the socket was there has told nobody.
      _ = try await mail.takeInSpool()
      await serve(atLeast: committed.version)
    } catch {
      isEnding = true
      await close()
      throw error
    }
    running?.follower = Task { [weak self, interval = options.pollInterval] in
      while !Task.isCancelled {
        try? await Task.sleep(for: interval)
        await self?.follow()
      }
    }
    return await troubles
  }

  /// Serves a committed version, or a newer one.
  ///
  /// Whoever connects after the return sees it.
  ///
  /// - Returns: a sentence for each thing that is not served as it should be.
  public func apply(version: Int) async -> [String] {
    if version > self.version { await serve(atLeast: version) }
    return await troubles
  }

  /// A sentence for each thing that is not served as it should be.
  public var troubles: [String] {
    get async {
      guard let running else { return [] }
      return fileTroubles + (await running.mail.troubles) + (await running.web.troubles)
        + (await options.remoteDoor?.troubles ?? [])
        + [await running.store?.trouble].compactMap(\.self)
    }
  }

  /// Where everything is reached.
  public var serviceAddresses: EngineAddresses { addresses }

  /// Returns when the engine has ended, because it was shut down or told to yield.
  public func waitUntilEnded() async {
    guard lock != nil else { return }
    await withCheckedContinuation { waiting.append($0) }
  }

  /// Closes everything, bounded by the farewell and finishing times of the limits, and lets go of
  /// lock and slot.
  public func shutDown() async {
    guard !isEnding else { return await waitUntilEnded() }
    isEnding = true
    // What is being opened cannot be closed yet.
    _ = await starting?.result
    await close()
  }

  /// Returns when all lines so far stand in the files of the mail log and the system log.
  public func flushLogs() async {
    await running?.log.flush()
    await running?.systemLog.flush()
  }

  private func close() async {
    if let running {
      running.follower?.cancel()
      updatingLists?.cancel()
      await updatingLists?.value
      await applying?.value
      await running.control?.close()
      await options.remoteDoor?.shutDown()
      await running.mail.shutDown()
      await running.web.shutDown()
      await running.store?.stop()
      await running.log.close()
      await running.systemLog.close()
      try? await running.group.shutdownGracefully()
      let file = EngineFile(process: nil, socket: nil, slot: slot?.number, addresses: addresses)
      try? file.write(in: appliance.directory)
    }
    running = nil
    slot = nil
    lock = nil
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  /// Writes down where this engine is reached.
  func record() throws {
    let file = EngineFile(
      process: getpid(), socket: running?.control?.path, slot: slot?.number, addresses: addresses)
    try file.write(in: appliance.directory)
  }
}
