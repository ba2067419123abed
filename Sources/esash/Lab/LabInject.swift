import ArgumentParser
import Foundation
import Labs

/// `esash lab inject`: an outage that is not named.
struct LabInject: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inject",
    abstract: "Break a healthy appliance in one way that is not named, and open the shell: an exam."
  )

  @OptionGroup var place: LabPlace
  @Flag(name: .long, help: "Choose the outage by chance.") var random = false
  @Argument(help: "The outage (default: one by chance).") var name: String?

  /// What an exam is called as long as it is not passed.
  static let title = LocalText(english: "An outage, not named", japanese: "障害 (名称は非公開)")

  func run() async throws {
    let exam = try await place.alone {
      let exam = BegunLab(
        lab: try outage(),
        folder: place.folder.appendingPathComponent(place.exams.nextName))
      try await exam.begin(asExam: true)
      return exam
    }
    try exam.tellGoal(in: try place.language())
    try await exam.openShell()
  }

  /// The outage that was named, or one that the learner has not met yet.
  private func outage() throws -> Lab {
    let catalogue = try place.labsThereAre()
    let outages = catalogue.labs.filter(\.description.isOutage)
    switch (name, random) {
    case (let name?, false):
      guard let named = outages.first(where: { $0.name == name }) else {
        throw CouldNotRun(
          "There is no outage \"\(name)\"; there are \(outages.map(\.name).joined(separator: ", "))."
        )
      }
      return named
    case (nil, _):
      // Which one a damaged exam was, nobody can tell.
      let met = place.exams.names.compactMap {
        try? place.exam(named: $0, of: catalogue)?.lab.name
      }
      let fresh = outages.filter { !met.contains($0.name) && !wasBegun($0) }
      guard let chosen = fresh.randomElement() else {
        throw CouldNotRun("Every outage was begun already; `esash lab reset NAME` frees one.")
      }
      return chosen
    case (_?, true):
      throw CouldNotRun("Either an outage is named, or --random chooses one.")
    }
  }

  /// Whether there is progress in a lab, be its file damaged.
  private func wasBegun(_ lab: Lab) -> Bool {
    do { return try place.begun(lab).progress() != nil } catch { return true }
  }
}
