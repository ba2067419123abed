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
  @Option(name: .long, help: "In place of a directory: the appliance of a lab that was begun.")
  var lab: String?

  /// The directory's absolute path.
  var directory: String {
    if let lab { return LabFolder(url: LabPlace.folder().appendingPathComponent(lab)).appliance }
    let environment = ProcessInfo.processInfo.environment
    let path =
      appliance ?? environment["ESASH_APPLIANCE"]
      ?? "\(homeFolder)/.local/share/esash/default"
    // Said to be a directory, so that Foundation does not look.
    return URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.path
  }

  func validate() throws {
    guard let lab else { return }
    guard appliance == nil else { throw ValidationError("Give --appliance or --lab, not both.") }
    guard !lab.contains("/"), Appliance.exists(directory) else {
      throw ValidationError("The lab \(lab) was not begun: esash lab start \(lab)")
    }
  }

  /// Opens the appliance; a missing one is made factory-fresh.
  func open() async throws -> Appliance {
    try await orCouldNotRun { try await Appliance(at: directory) }
  }

  /// Opens the appliance.
  ///
  /// - Throws: `CouldNotRun` when there is none.
  func openExisting() async throws -> Appliance {
    guard Appliance.exists(directory) else { throw CouldNotRun("\(directory) holds no appliance.") }
    return try await open()
  }
}
