import ArgumentParser
import Foundation
import Labs

/// `esash lab`: exercises on an appliance of their own.
struct LabCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Train on an appliance of its own, and have the result checked.",
    subcommands: [
      List.self, LabStart.self, Status.self, Hint.self, LabCheckCommand.self, Explain.self,
      Reset.self, Solution.self, LabInject.self, LabAdvance.self, LabReportCommand.self,
    ])

  /// `esash lab list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the labs and what was reached.")

    @OptionGroup var place: LabPlace

    func run() throws {
      let language = try place.language()
      let labs = try Catalogue.orCouldNotRun().labs
      let width = labs.map(\.name.count).max() ?? 0
      for lab in labs {
        let progress = try place.begun(lab).progress()
        let mark = progress.map { ProgressBar(of: $0).text } ?? "·"
        let name = lab.name.padding(toLength: width, withPad: " ", startingAt: 0)
        let description = lab.description
        print(
          "\(name)  \(description.title[language])"
            + " (\(description.guide.joined(separator: ", ")); \(description.minutes) min) \(mark)")
      }
    }
  }

  /// `esash lab status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the goal, and what held when it was checked last.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      let language = try place.language()
      print(try begun.goal(in: language))
      guard let progress = try begun.progress() else { return }
      for (index, check) in begun.lab.description.checks.enumerated() {
        print("\(progress.passed.contains(index) ? "✔" : "·") \(check.name[language])")
      }
      print(ProgressBar(of: progress).text)
    }
  }

  /// `esash lab hint`.
  struct Hint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the next hint; each says more than the one before.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      guard var progress = try begun.progress() else { return }
      let hints = begun.lab.description.hints
      let number = min(progress.hints, hints.count - 1)
      print("\(number + 1)/\(hints.count) \(hints[number][try place.language()])")
      progress.hints = number + 1
      try begun.record(progress)
    }
  }

  /// `esash lab explain`.
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "After the lab was solved: what would have told most quickly.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      guard try begun.progress()?.solved != nil else {
        throw CouldNotRun("The lab \(begun.lab.name) is not solved yet.")
      }
      print(begun.lab.description.explanation[try place.language()])
    }
  }

  /// `esash lab reset`.
  struct Reset: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Forget a lab and its appliance; the next start begins anew.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab.") var name: String

    func run() throws {
      try place.begun(try Catalogue.orCouldNotRun().lab(named: name)).forget()
    }
  }

  /// `esash lab solution`.
  struct Solution: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the model solution, a session that `esash replay` can play.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      print(try String(contentsOf: begun.lab.solution, encoding: .utf8), terminator: "")
      guard var progress = try begun.progress() else { return }
      progress.wasShown = true
      try begun.record(progress)
    }
  }
}
