import ArgumentParser
import Labs

/// `esash lab start`: the lab's appliance, and a shell on it.
struct LabStart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Begin a lab, or go on with it: its goal, then the shell.")

  @OptionGroup var place: LabPlace
  @Argument(help: "The lab, or the exam.") var name: String

  func run() async throws {
    let begun = try place.any(named: name)
    try await place.alone { try await begun.begin() }
    try begun.tellGoal(in: try place.language())
    try await begun.openShell()
  }
}

extension BegunLab {
  /// Opens the shell on the appliance, with its engine and the lab's remote servers.
  func openShell() async throws {
    let world = try await LabBench(try await open(), peers: lab.description.peers)
    do {
      let shell = try ShellCommand.parse(["--appliance", appliance])
      try await shell.run()
    } catch {
      await world.close()
      throw error
    }
    await world.close()
  }
}
