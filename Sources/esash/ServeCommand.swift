import ArgumentParser
import ConfigurationStore
import Control
import Engine
import LineEditor
import RemoteAccess

/// `esash serve`: the engine in the foreground.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve an appliance until SIGTERM or SIGINT.")

  @OptionGroup var place: ApplianceOption
  @Option(name: .long, help: "lab: loopback addresses; real: the addresses as configured.")
  var network = Network.lab

  @Flag(help: "Let users in by SSH, at the SSH ports of the interfaces.") var ssh = false
  @Flag(help: "Offer SHA-1 and CBC too, for old SSH clients; includes --ssh.") var sshLegacy = false

  /// Which network is served.
  enum Network: String, ExpressibleByArgument, CaseIterable {
    case lab, real
  }

  func run() async throws {
    let appliance = try await place.open()
    var options = EngineOptions()
    options.network = network == .real ? .real : .lab
    // A shell that serves lets go when it is asked; it finishes its deliveries first.
    options.patience = .seconds(8)
    if ssh || sshLegacy {
      let keys = try await orCouldNotRun { try await HostKeys.prepare(of: appliance) }
      options.remoteDoor = SSHServer(of: appliance, isLegacy: sshLegacy)
      if let fingerprint = keys.fingerprint { note("the SSH host key is \(fingerprint).") }
    }
    let client = EngineClient(directory: appliance.directory)
    if let refusal = try? await client.send(.yield)?.error { throw CouldNotRun(refusal) }
    let engine = try await orCouldNotRun {
      guard let engine = try await Engine.claim(appliance, options) else {
        throw CouldNotRun("Another process serves this appliance and does not let go.")
      }
      let signals = SignalPipe()
      signals?.observe { signal in
        if signal != .windowChange { Task { await engine.shutDown() } }
      }
      signals?.activate()
      for trouble in try await engine.start() { note(trouble) }
      return engine
    }
    note(await engine.serviceAddresses.startLine)
    await engine.waitUntilEnded()
  }
}
