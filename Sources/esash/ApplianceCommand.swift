import ArgumentParser
import Configuration
import ConfigurationStore
import Files
import Foundation

/// `esash appliance`: makes, resets and describes appliances.
struct ApplianceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "appliance", abstract: "Make, reset and describe appliances.",
    subcommands: [New.self, Reset.self, Upgrade.self, Address.self])

  /// `esash appliance new`.
  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: "Make a factory-fresh appliance.")

    @Option(name: .long, help: "The release: 11.0, 14.2 or 16.0.") var asyncos = "14.2"
    @Argument(help: "The directory.") var directory: String

    func run() async throws {
      let release = try release(named: asyncos)
      guard !Appliance.exists(directory) else {
        throw CouldNotRun("\(directory) holds an appliance already.")
      }
      // What lies beside an appliance goes when that is thrown away.
      let others = try? FileManager.default.contentsOfDirectory(atPath: directory)
      guard others?.isEmpty != false else {
        throw CouldNotRun("\(directory) is not empty; an appliance has a folder of its own.")
      }
      try await orCouldNotRun { _ = try await Appliance(at: directory, release: release) }
    }
  }

  /// `esash appliance reset`.
  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset",
      abstract: "Throw an appliance away and make a factory-fresh one of the same release.",
      discussion: "All that is in its folder goes.")

    @Argument(help: "The directory.") var directory: String

    func run() async throws {
      guard Appliance.exists(directory) else {
        throw CouldNotRun("\(directory) holds no appliance.")
      }
      try await orCouldNotRun {
        let appliance = try await Appliance(at: directory)
        let lock = try await lockWhenUnused(appliance)
        // The folder itself stays: it may be linked to, or somebody's present one.
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: directory) {
          try files.removeItem(atPath: "\(directory)/\(name)")
        }
        withExtendedLifetime(lock) {}
        _ = try await Appliance(at: directory, release: appliance.release)
      }
    }
  }

  /// `esash appliance upgrade`.
  struct Upgrade: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "upgrade",
      abstract: "Have an appliance play another release.",
      discussion: """
        Its configuration stays, but for what that release does not know: each such setting is named.
        """)

    @Argument(help: "The release: 11.0, 14.2 or 16.0.") var asyncos: String
    @Argument(help: "The directory.") var directory: String

    func run() async throws {
      let release = try release(named: asyncos)
      guard Appliance.exists(directory) else {
        throw CouldNotRun("\(directory) holds no appliance.")
      }
      try await orCouldNotRun {
        let appliance = try await Appliance(at: directory)
        let lock = try await lockWhenUnused(appliance)
        for adaptation in try await appliance.upgrade(to: release) { print(adaptation) }
        withExtendedLifetime(lock) {}
      }
    }
  }
}

/// Keeps engines from an appliance that is about to go or to change.
///
/// - Throws: `CouldNotRun` while an engine or a session works on it: what it commits would be lost.
private func lockWhenUnused(_ appliance: Appliance) async throws -> FileLock {
  let directory = appliance.directory
  guard let lock = try FileLock(path: "\(directory)/engine.lock", waits: false) else {
    throw CouldNotRun("A shell or a server is running on \(directory); end it first.")
  }
  if let session = try await appliance.sessions.present().first {
    throw CouldNotRun("A session of \(session.user) is open on \(directory); end it first.")
  }
  return lock
}

/// - Throws: `CouldNotRun` that names the releases there are.
private func release(named name: String) throws -> Release {
  guard let release = Release.named(name) else {
    let names = Release.all.map(\.name).joined(separator: ", ")
    throw CouldNotRun("There is no release \(name); there are \(names).")
  }
  return release
}
