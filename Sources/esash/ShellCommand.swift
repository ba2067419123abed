import ArgumentParser
import Commands
import ConfigurationStore
import Dialogue
import Foundation
import LineEditor
import Shell

/// `esash shell`: a session at the prompt.
struct ShellCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell", abstract: "Hold a session at the prompt (the default).")

  @OptionGroup var place: ApplianceOption
  @Option(name: .long, help: "The user who holds the session.") var user = "admin"

  func run() async throws {
    let appliance = try await place.open()
    let audit = try AuditLogs(of: appliance)
    let service = try await EngineService(of: appliance, .whenFree)
    if let addresses = await service.addresses() { note(addresses.startLine) }
    await service.start()
    let terminal = SessionTerminal(historyFile: "\(appliance.directory)/history")
    let shell = try await appliance.shell(
      user: user, on: terminal.terminal, engine: service, audit: audit.trail)
    let end = await shell.run()
    await terminal.close()
    await audit.close()
    await service.stop()
    if end.lostChanges { note("uncommitted changes were lost with the session.") }
    if end.lostChanges, !terminal.isInteractive { throw ExitCode(1) }
  }
}
