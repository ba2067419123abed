import ArgumentParser
import Foundation
import LineEditor

/// An emulator of the Cisco ESA (AsyncOS) command line for TLS certificate work.
@main
struct Esash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "esash",
    abstract: "An emulator of the Cisco ESA (AsyncOS) command line for TLS certificate work.",
    subcommands: [
      ShellCommand.self, RunCommand.self, ReplayCommand.self, RecordCommand.self,
      ServeCommand.self, ApplianceCommand.self, PeerCommand.self, LabCommand.self, CACommand.self,
      CertCommand.self, CheckTLSCommand.self, SSHConnectionCommand.self,
    ],
    defaultSubcommand: ShellCommand.self)

  static func main() async {
    prepareProcess()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      try finishOutput()
    } catch let error where error is ExitCode || exitCode(for: error) == .success {
      // A status, or help that was asked for.
      exit(withError: error)
    } catch {
      // A wrong command line is one more way of "could not run".
      if exitCode(for: error) == .validationFailure {
        try? FileHandle.standardError.write(contentsOf: Data("\(fullMessage(for: error))\n".utf8))
      } else {
        note("\(CouldNotRun(error))")
      }
      Foundation.exit(2)
    }
  }
}
