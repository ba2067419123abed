import ArgumentParser
import ConfigurationStore
import Files
import Foundation
import Labs

/// Where a learner's labs are kept, each in a folder with its appliance and what was done in it.
struct LabPlace: ParsableArguments {
  @Option(
    name: .long,
    help: "The folder of the learner's labs (default: $ESASH_LABS, then ~/.local/share/esash/labs)."
  )
  var labs: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A folder of labs, in place of those that come with the program (default: $ESASH_CATALOGUE).",
      valueName: "folder"))
  var catalogue: String?
  @Option(name: .long, help: "The language: en or ja (default: that of $LANG).") var lang: String?

  /// The folder of all labs.
  var folder: URL { Self.folder(labs) }

  /// The folder that an option names, or else the usual one.
  static func folder(_ option: String? = nil) -> URL {
    let path =
      option ?? ProcessInfo.processInfo.environment["ESASH_LABS"]
      ?? "\(homeFolder)/.local/share/esash/labs"
    return URL(fileURLWithPath: path).standardizedFileURL
  }

  /// The language in which is spoken.
  ///
  /// - Throws: `CouldNotRun` for one that labs do not speak.
  func language() throws -> Language {
    guard let lang else { return .preferred(in: ProcessInfo.processInfo.environment) }
    guard let language = Language(rawValue: lang) else {
      throw CouldNotRun("Labs speak en and ja, not \"\(lang)\".")
    }
    return language
  }

  /// The labs there are.
  ///
  /// - Throws: `CouldNotRun` when a folder is named that holds none, or a lab makes no sense.
  func labsThereAre() throws -> Catalogue {
    let path = catalogue ?? ProcessInfo.processInfo.environment["ESASH_CATALOGUE"]
    return try orCouldNotRun {
      guard let path else { return try .bundled(with: executablePath) }
      return try Catalogue(folder: URL(fileURLWithPath: path).standardizedFileURL)
    }
  }

  /// Does something while no other process makes or removes a lab here; waits until none does.
  ///
  /// - Throws: `CouldNotRun` when the place cannot be locked; what the work throws.
  func alone<Value>(_ work: () async throws -> Value) async throws -> Value {
    let lock = try await orCouldNotRun {
      try PrivateFile.makeFolder(folder.path)
      return try await FileLock.waiting(path: folder.appendingPathComponent(".labs.lock").path)
    }
    defer { withExtendedLifetime(lock) {} }
    return try await work()
  }

  /// A learner's own folder of a lab.
  func begun(_ lab: Lab) -> BegunLab {
    BegunLab(lab: lab, folder: folder.appendingPathComponent(lab.name))
  }

  /// The exams of the learner.
  var exams: Exams { Exams(in: folder) }

  /// The exam of a name; nil when none was begun by it.
  ///
  /// - Throws: `CouldNotRun` when its file is damaged, or its lab is no more.
  func exam(named name: String, of catalogue: Catalogue) throws -> BegunLab? {
    try orCouldNotRun {
      guard let progress = try exams.progress(of: name) else { return nil }
      return BegunLab(
        lab: try catalogue[progress.lab], folder: folder.appendingPathComponent(name))
    }
  }

  /// The exam, or else the lab, of a name; it may not have been begun.
  ///
  /// - Throws: `CouldNotRun` when there is none.
  func any(named name: String) throws -> BegunLab {
    let catalogue = try labsThereAre()
    return try exam(named: name, of: catalogue) ?? begun(try catalogue.lab(named: name))
  }

  /// The folder of an exam or a lab; what is in it is not read, as it may be damaged.
  ///
  /// - Throws: `CouldNotRun` when there is neither.
  func labFolder(named name: String) throws -> LabFolder {
    guard !exams.names.contains(name) else {
      return LabFolder(url: folder.appendingPathComponent(name))
    }
    return LabFolder(url: begun(try labsThereAre().lab(named: name)).folder)
  }

  /// The lab or exam of a name; without one, that which was begun last.
  ///
  /// - Throws: `CouldNotRun` when there is none, or it was not begun.
  func begun(named name: String?) throws -> BegunLab {
    if let name {
      let begun = try any(named: name)
      guard try begun.progress() != nil else {
        throw CouldNotRun("The lab \(name) was not begun: esash lab start \(name)")
      }
      return begun
    }
    let catalogue = try labsThereAre()
    var damage: (any Error)?
    func readable<Value>(_ read: () throws -> Value?) -> Value? {
      do { return try read() } catch {
        damage = error
        return nil
      }
    }
    let exams = exams.names.compactMap { name in readable { try exam(named: name, of: catalogue) } }
    let all = (catalogue.labs.map(begun) + exams).compactMap { begun in
      readable { try begun.progress().map { (begun, $0.started) } }
    }
    // One damaged lab hinders no other.
    if let last = all.max(by: { $0.1 < $1.1 }) { return last.0 }
    throw damage ?? CouldNotRun("No lab was begun; `esash lab list` prints all.")
  }
}

extension Catalogue {
  /// The lab of a name.
  func lab(named name: String) throws -> Lab {
    try esash.orCouldNotRun { try self[name] }
  }
}
