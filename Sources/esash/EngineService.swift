import ConfigurationStore
import Control
import Engine
import Foundation

/// The engine of an appliance as one process knows it: its own, or another process's.
actor EngineService: EngineControl {
  /// What the process wants of an engine.
  enum Wish {
    /// Never to be the engine, only to tell a running one of commits.
    case none
    /// To be the engine as long as nobody else is (a shell).
    case whenFree
    /// To be the engine, or to have one (`run --engine`, a replay).
    case must
  }

  private let appliance: Appliance
  private let options: EngineOptions
  private var engine: Engine?
  private var starting: Task<[String], any Error>?
  private var waiting: Task<Void, Never>?
  private let client: EngineClient

  /// Takes lock and slot if they are wanted and free; opens nothing yet.
  ///
  /// - Throws: `CouldNotRun` when an engine must run and cannot.
  init(of appliance: Appliance, _ wish: Wish, _ options: EngineOptions = EngineOptions())
    async throws
  {
    self.appliance = appliance
    var options = options
    options.yields = wish == .whenFree
    self.options = options
    client = EngineClient(directory: appliance.directory)
    guard wish != .none else { return }
    engine = try await orCouldNotRun { try await Engine.claim(appliance, options) }
    if wish == .whenFree { waiting = Task { await self.takeOver() } }
  }

  /// Whether this process is the engine.
  var isEngine: Bool { engine != nil }

  /// Opens the listeners in the background, if this process is the engine.
  func start() {
    guard let engine, starting == nil else { return }
    starting = Task { try await engine.start() }
  }

  /// Waits until everything is open.
  ///
  /// - Returns: a sentence for each thing that is not served as it should be.
  func started() async throws -> [String] {
    start()
    return try await starting?.value ?? []
  }

  func ask(_ request: EngineRequest) async -> EngineReply? {
    guard let engine else { return await client.ask(request) }
    do {
      _ = try await started()
    } catch {
      return .refused("\(error)")
    }
    return await engine.handle(request)
  }

  /// Where services are or will be reached; nil when nobody serves.
  func addresses() async -> EngineAddresses? {
    if let engine { return try? await engine.plannedAddresses() }
    return try? await client.send(.status)?.addresses
  }

  /// Tells the engine that the calendar has moved.
  func followCalendar() async {
    _ = await ask(.clock(offset: appliance.environment.calendar.offset))
  }

  /// Ends what this process serves.
  func stop() async {
    waiting?.cancel()
    await engine?.shutDown()
    engine = nil
  }

  /// Becomes the engine when the present one ends; lets go when another process asks for it.
  private func takeOver() async {
    while !Task.isCancelled {
      if let engine {
        await engine.waitUntilEnded()
        guard !Task.isCancelled else { return }
        self.engine = nil
        starting = nil
        // Whoever asked for the lock takes it now.
        try? await Task.sleep(for: .seconds(2))
      } else {
        try? await Task.sleep(for: .milliseconds(300))
        guard !Task.isCancelled, engine == nil else { return }
        engine = try? await Engine.claim(appliance, options)
        start()
      }
    }
  }
}

extension EngineAddresses {
  /// One line that says where the appliance is reached and how to come as a stranger.
  var startLine: String {
    let places = services.map { service in
      switch service.kind {
      case .smtp: "\(service.name) at \(service.host):\(service.port) (SMTP)"
      case .https: "\(service.name) at https://\(service.host):\(service.port)"
      case .ssh: "\(service.name) at \(service.host) port \(service.port) (SSH)"
      }
    }
    let how = stranger.map { "; to come as a stranger, bind your client to \($0)" } ?? ""
    return places.joined(separator: ", ") + how + "."
  }

  /// The addresses as variables of a command's environment, such as `SMTP_IncomingMail`.
  var variables: [String: String] {
    var variables: [String: String] = [:]
    for service in services {
      let name = service.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
      variables["\(service.kind.rawValue.uppercased())_\(String(name))"] =
        "\(service.host):\(service.port)"
    }
    variables["STRANGER"] = stranger
    return variables
  }
}
