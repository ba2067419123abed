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
    let session = try await Session(user: user, store: appliance.store)
    let terminal: any Terminal
    if isatty(0) == 1, isatty(1) == 1, let editor = LineEditor(historyFile: "\(appliance.directory)/history") {
      terminal = editor
    } else {
      terminal = PipeTerminal()
    }
    let shell = Shell(
      session: session, appliance: appliance, terminal: terminal, engine: NoEngine(),
      audit: NoAuditTrail())
    _ = await shell.run()
  }
}
