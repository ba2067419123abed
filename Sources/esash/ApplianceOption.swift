import ArgumentParser
import ConfigurationStore
import Foundation

/// Which appliance a subcommand works on.
struct ApplianceOption: ParsableArguments {
  @Option(
    name: .long,
    help:
      "The appliance's directory (default: $ESASH_APPLIANCE, then ~/.local/share/esash/default).")
  var appliance: String?

  /// The directory's absolute path.
  var directory: String {
    let environment = ProcessInfo.processInfo.environment
    let path =
      appliance ?? environment["ESASH_APPLIANCE"]
      ?? "\(NSHomeDirectory())/.local/share/esash/default"
    return URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// Opens the appliance; a missing one is made factory-fresh.
  func open() async throws -> Appliance {
    do {
      return try await Appliance(at: directory)
    } catch {
      throw CouldNotRun("\(error)")
    }
  }
}

/// Why a subcommand could not run; shown on stderr, with status 2.
struct CouldNotRun: Error, CustomStringConvertible {
  let description: String

  init(_ sentence: String) { description = sentence }
}
