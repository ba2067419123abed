import ArgumentParser
import ConfigurationStore
import Control
import Engine
import LineEditor

/// `esash serve`: the engine in the foreground.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve an appliance until SIGTERM or SIGINT.")

  @OptionGroup var place: ApplianceOption
  @Option(name: .long, help: "lab: loopback addresses; real: the addresses as configured.")
  var network = Network.lab

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
    let client = EngineClient(directory: appliance.directory)
    _ = try? await client.send(.yield)
    let engine: Engine
    do {
      guard let claimed = try await Engine.claim(appliance, options) else {
        throw CouldNotRun("Another process serves this appliance and does not let go.")
      }
      engine = claimed
      let signals = SignalPipe()
      signals?.observe { signal in
        if signal != .windowChange { Task { await engine.shutDown() } }
      }
      signals?.activate()
      for trouble in try await engine.start() { note(trouble) }
    } catch {
      throw CouldNotRun("\(error)")
    }
    note(await engine.serviceAddresses.startLine)
    await engine.waitUntilEnded()
  }
}
