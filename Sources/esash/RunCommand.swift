import ArgumentParser
import Commands
import ConfigurationStore
import Dialogue
import Foundation
import LineEditor
import Shell

/// `esash run`: commands without a terminal.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run commands without a terminal.",
    discussion: """
      A file holds what would be typed: commands, and the answers to their questions. With -c a
      question meets the end of the input. Status: 0 all commands succeeded, 1 one failed or
      changes were left uncommitted, 2 nothing could be run.
      """)

  @OptionGroup var place: ApplianceOption
  @Option(name: .long, help: "The user who holds the session.") var user = "admin"
  @Flag(name: .customShort("e"), help: "Stop at the first command that fails.") var stops = false
  @Flag(name: .long, help: "Serve the configuration while the commands run.") var engine = false
  @Option(name: .customShort("c"), help: "Commands, parted by ';'.") var commands: String?
  @Flag(
    help: ArgumentHelp(
      "Take the commands of -c from the standard input, which no list of processes shows.",
      visibility: .hidden))
  var line = false
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("The address that the user comes from.", visibility: .hidden))
  var origin = UserSession.console
  @Argument(help: "A file of commands and answers; '-' for the standard input.") var file: String?

  func validate() throws {
    guard [commands != nil, file != nil, line].count(where: \.self) == 1 else {
      throw ValidationError("Give commands with -c, or a file, or '-'.")
    }
  }

  func run() async throws {
    if origin != UserSession.console { limitMemory(to: nil) }
    let commands = line ? try readLine() : commands
    let input = try openInput()
    let appliance = try await place.open()
    let service = try await EngineService(of: appliance, engine ? .must : .none)
    for trouble in try await service.started() { note(trouble) }
    let terminal = PipeTerminal(input: input)
    let session = try await UserSession(
      of: user, from: origin, on: terminal, appliance: appliance, engine: service)
    let shell = session.shell
    let end: Shell.End
    if let commands {
      end = await shell.run(line: commands, stopsAtFailure: stops)
    } else {
      end = await shell.run(isGreeted: false, stopsAtFailure: stops)
    }
    await session.close()
    await terminal.close()
    await service.stop()
    if end.lostChanges { note("uncommitted changes were lost with the session.") }
    if end.hasFailed || end.lostChanges { throw ExitCode(1) }
  }

  private func readLine() throws -> String {
    guard let text = try FileHandle.standardInput.read(upToCount: 1 << 20) else { return "" }
    return String(decoding: text, as: UTF8.self)
  }

  private func openInput() throws -> Int32 {
    if file == "-" { return STDIN_FILENO }
    let path = file ?? "/dev/null"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CouldNotRun("\(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    return descriptor
  }
}
