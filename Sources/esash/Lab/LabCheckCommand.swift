import ArgumentParser
import Foundation
import Labs
import Reports

/// `esash lab check`: looks whether the goal is reached.
struct LabCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look whether the goal is reached, from inside and outside.",
    discussion: "Status: 0 all holds, 1 something does not, 2 it could not be looked at.")

  @OptionGroup var place: LabPlace
  @Flag(name: .long, help: "Print JSON.") var json = false
  @Argument(help: "The lab (default: the one begun last).") var name: String?

  func run() async throws {
    let begun = try place.begun(named: name)
    let language = try place.language()
    let results = try await begun.check()
    guard var progress = try begun.progress() else { return }
    progress.note(results, at: Date())
    try begun.record(progress)
    let checked = CheckedLab(
      begun.lab, called: begun.name, results, language, isSecret: progress.isSecret)
    if json {
      print(try checked.json)
    } else {
      print(checked.text(.standardOutput) + ProgressBar(of: progress).text)
    }
    if progress.passed.count < results.count { throw ExitCode(1) }
  }
}

extension BegunLab {
  /// Looks at all checks.
  ///
  /// - Throws: `CouldNotRun` when something cannot be looked at.
  func check() async throws -> [LabCheck.Result] {
    let world = try await LabBench(try await open(), peers: lab.description.peers)
    var results: [LabCheck.Result] = []
    do {
      for check in lab.description.checks { results.append(try await check.run(in: world)) }
    } catch {
      await world.close()
      throw CouldNotRun(error)
    }
    await world.close()
    return results
  }
}
