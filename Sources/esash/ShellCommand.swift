import ArgumentParser
import Commands
import Configuration
import ConfigurationStore
import Dialogue
import Foundation
import LineEditor
import Shell
import Transcripts

/// `esash shell`: a session at the prompt.
struct ShellCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell", abstract: "Hold a session at the prompt (the default).")

  @OptionGroup var place: ApplianceOption
  @Option(name: .long, help: "The user who holds the session.") var user = "admin"

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The address that the user comes from.", visibility: .hidden))
  var origin = UserSession.console

  @Option(
    name: .customLong("idle"),
    help: ArgumentHelp(
      "How long the session may be left idle, in seconds.", visibility: .hidden))
  var idle = 30 * 60

  @Option(name: .long, help: "Write the session down as a transcript.") var record: String?
  @Flag(name: .long, help: "Leave secrets out of the transcript.") var redact = false

  func run() async throws {
    let appliance = try await place.open()
    // A session from outside is served by whoever let it in, and its screen is the appliance's.
    let isLocal = origin == UserSession.console
    if !isLocal { limitMemory(to: nil) }
    let service = try await EngineService(of: appliance, isLocal ? .whenFree : .none)
    if isLocal, let addresses = await service.addresses() { note(addresses.startLine) }
    await service.start()
    let terminal = SessionTerminal(
      historyFile: appliance.historyFile(of: user), origin: origin, idleLimit: .seconds(idle))
    let recorder: Recorder?
    let session: UserSession
    do {
      recorder = try record.map { path in
        try Recorder(
          over: terminal.terminal, file: URL(fileURLWithPath: path), isRedacted: redact,
          release: appliance.release.name)
      }
      session = try await UserSession(
        of: user, from: origin, on: recorder ?? terminal.terminal, release: terminal.release,
        appliance: appliance, engine: service)
    } catch {
      // The TTY must not stay raw.
      await terminal.close()
      await service.stop()
      throw error
    }
    let end = await session.shell.run()
    await session.close()
    var failure: (any Error)?
    do { try await recorder?.finish() } catch { failure = error }
    await terminal.close()
    await service.stop()
    if end.lostChanges, isLocal { note("uncommitted changes were lost with the session.") }
    if let failure { throw failure }
    if end.lostChanges { throw ExitCode(1) }
  }
}
