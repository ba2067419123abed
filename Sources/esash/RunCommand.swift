import ArgumentParser

/// `esash run`: commands without a terminal.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run commands without a terminal.")

  @OptionGroup var place: ApplianceOption

  func run() async throws {
  }
}
