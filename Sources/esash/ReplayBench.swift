import Commands
import Configuration
import ConfigurationStore
import Dialogue
import Engine
import Foundation
import Logs
import Peers
import Programs
import Shell
import Transcripts

/// The world of one replay: a fresh appliance in a temporary folder, and an engine if asked for.
actor ReplayBench: ShellBench {
  /// What a test may put between a session and its terminal.
  typealias Wrapping = @Sendable (any Terminal, Session) -> any Terminal

  private let folder: URL
  /// Whether the folder outlives the replay.
  private let isKept: Bool
  /// What `%sh` finds as `$ESASH`.
  private let program: String
  private let makeEnvironment: @Sendable (CalendarClock) -> Environment
  private let wrap: Wrapping
  private(set) var appliance: Appliance?
  private(set) var service: EngineService?
  private var mailLog: LogTail?
  /// The mail servers around the appliance, by the names that the transcript gives them.
  var peers: [String: Peer] = [:]

  /// Makes the folder of a fresh world.
  ///
  /// - Parameters:
  ///   - environment: what the appliance takes from the world besides the calendar.
  ///   - wrapping: what stands between each session and its terminal.
  init(
    environment: @escaping @Sendable (CalendarClock) -> Environment = { Environment(calendar: $0) },
    wrapping: @escaping Wrapping = { terminal, _ in terminal }
  ) throws {
    makeEnvironment = environment
    wrap = wrapping
    isKept = false
    program = executablePath
    let name = "esash-replay-\(UUID().uuidString.prefix(8))"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    try FileManager.default.createDirectory(at: workFolder, withIntermediateDirectories: false)
  }

  /// Makes a world in a folder that stays when the replay is over, with the appliance in
  /// `appliance` and what `%sh` leaves in `work`.
  ///
  /// - Parameter program: the path of `esash`.
  init(keeping folder: URL, program: String) throws {
    makeEnvironment = { Environment(calendar: $0) }
    wrap = { terminal, _ in terminal }
    isKept = true
    self.program = program
    self.folder = folder
    try FileManager.default.createDirectory(
      at: workFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  private nonisolated var directory: String { folder.appendingPathComponent("appliance").path }
  /// Where `%sh` runs and leaves its files.
  nonisolated var workFolder: URL { folder.appendingPathComponent("work") }

  func prepare(_ header: TranscriptHeader, folder: URL) async throws {
    let release = try header.asyncos.map { name in
      guard let release = Release.named(name) else {
        throw CouldNotRun("There is no release \(name).")
      }
      return release
    }
    let appliance = try await open(header, release)
    if case .configuration(let file) = header.appliance {
      try await load(folder.appendingPathComponent(file), into: appliance)
    }
    try await start(appliance, header)
  }

  func proceed(_ header: TranscriptHeader, folder: URL) async throws {
    await stopPeers()
    await service?.stop()
    service = nil
    try await start(try await open(header, nil), header)
  }

  func session(named name: String, user: String?, on terminal: any Terminal) async {
    guard let appliance, let service else { return }
    do {
      let session = try await UserSession(
        of: user ?? User.adminName, on: terminal, appliance: appliance, engine: service,
        wrapping: wrap)
      _ = await session.shell.run()
      await session.close()
    } catch {
      await terminal.write("\(error)\n")
    }
  }

  func upload(_ content: Data, as name: String) async throws {
    try appliance?.files.write([UInt8](content), to: name)
  }

  func configurationFile(named name: String) async throws -> Data? {
    guard let files = appliance?.files, files.names.contains(name) else { return nil }
    return Data(try files.read(name))
  }

  func workFile(named name: String) async -> URL? {
    let file = workFolder.appendingPathComponent(name)
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  func advance(seconds: Int) async throws {
    guard let appliance else { return }
    try await appliance.advanceCalendar(by: TimeInterval(seconds))
    await service?.followCalendar()
  }

  func shell(_ command: String) async throws -> String {
    guard let appliance, let service else { return "" }
    var environment = ProcessInfo.processInfo.environment
    environment["APPLIANCE"] = appliance.directory
    environment["ESASH"] = program
    environment["ESASH_NOW"] = String(
      Int(appliance.environment.calendar.now.timeIntervalSince1970))
    environment.merge(await service.addresses()?.variables ?? [:]) { $1 }
    environment.merge(try await labVariables()) { $1 }
    let shell = Program(
      "/bin/sh", arguments: ["-c", command], environment: environment, in: workFolder.path)
    return try await orCouldNotRun { try await shell.output(within: .seconds(60)).text }
  }

  func awaitLog(_ pattern: String) async throws -> Bool {
    guard var tail = mailLog else { throw CouldNotRun("%log needs \"engine: true\".") }
    let line = try await tail.waitForLine(matching: pattern, timeout: .seconds(10))
    mailLog = tail
    return line != nil
  }

  func close() async {
    await stopPeers()
    await service?.stop()
    if !isKept { try? FileManager.default.removeItem(at: folder) }
  }

  // MARK: Setting up

  private func open(_ header: TranscriptHeader, _ release: Release?) async throws -> Appliance {
    let calendar: CalendarClock
    if let clock = header.clock, !header.engine {
      calendar = CalendarClock { clock }
    } else {
      // Set before the appliance is founded: its demonstration certificate is dated by it.
      calendar = CalendarClock(offset: header.clock?.timeIntervalSinceNow ?? 0)
    }
    let appliance = try await Appliance(
      at: directory, release: release, environment: makeEnvironment(calendar))
    var offset = isKept ? calendar.offset : 0
    if let clock = header.clock { offset = header.engine ? clock.timeIntervalSinceNow : 0 }
    // Stored with the appliance: what a `%sh` line runs has the same calendar.
    try await appliance.advanceCalendar(by: offset - calendar.offset)
    return appliance
  }

  private func start(_ appliance: Appliance, _ header: TranscriptHeader) async throws {
    self.appliance = appliance
    var options = EngineOptions()
    // The lock of a session before may be held a moment longer, by a child that was just forked.
    options.patience = .seconds(5)
    let service = try await EngineService(of: appliance, header.engine ? .must : .none, options)
    for trouble in try await service.started() { throw CouldNotRun(trouble) }
    self.service = service
    mailLog = header.engine ? try LogTail(in: appliance.logFolder, name: "mail") : nil
  }

  private func load(_ file: URL, into appliance: Appliance) async throws {
    let loaded = try SavedConfiguration.load(
      [UInt8](try Data(contentsOf: file)), for: appliance.release)
    _ = try await appliance.store.commit(
      loaded.configuration, madeFrom: try await appliance.store.committed(), user: "system",
      comment: "Loaded from \(file.lastPathComponent)", isKeptForRollback: true)
  }
}
