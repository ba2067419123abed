import ArgumentParser
import LineEditor

/// An emulator of the Cisco ESA (AsyncOS) command line for TLS certificate work.
@main
struct Esash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "esash",
    abstract: "An emulator of the Cisco ESA (AsyncOS) command line for TLS certificate work.",
    subcommands: [ShellCommand.self, RunCommand.self],
    defaultSubcommand: ShellCommand.self)

  static func main() async {
    prepareProcess()
    await main(nil)
  }
}
