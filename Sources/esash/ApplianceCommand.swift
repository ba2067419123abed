import ArgumentParser
import Configuration
import ConfigurationStore
import Foundation

/// `esash appliance`: makes, resets and describes appliances.
struct ApplianceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "appliance", abstract: "Make, reset and describe appliances.",
    subcommands: [New.self, Reset.self])

  /// `esash appliance new`.
  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a factory-fresh appliance.")

    @Option(name: .long, help: "The release: 11.0, 14.2 or 16.0.") var asyncos = "14.2"
    @Argument(help: "The directory.") var directory: String

    func run() async throws {
      guard let release = Release.named(asyncos) else {
        throw CouldNotRun(
          "There is no release \(asyncos); there are \(Release.all.map(\.name).joined(separator: ", "))."
        )
      }
      guard !Appliance.exists(directory) else {
        throw CouldNotRun("\(directory) holds an appliance already.")
      }
      do {
        _ = try await Appliance(at: directory, release: release)
      } catch {
        throw CouldNotRun("\(error)")
      }
    }
  }

  /// `esash appliance reset`.
  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Throw an appliance away and make a factory-fresh one of the same release.")

    @Argument(help: "The directory.") var directory: String

    func run() async throws {
      guard Appliance.exists(directory) else {
        throw CouldNotRun("\(directory) holds no appliance.")
      }
      do {
        let release = try await Appliance(at: directory).release
        guard let lock = try FileLock(path: "\(directory)/engine.lock", waits: false) else {
          throw CouldNotRun("A shell or a server is running on \(directory); end it first.")
        }
        try FileManager.default.removeItem(atPath: directory)
        withExtendedLifetime(lock) {}
        _ = try await Appliance(at: directory, release: release)
      } catch let error as CouldNotRun {
        throw error
      } catch {
        throw CouldNotRun("\(error)")
      }
    }
  }
}
