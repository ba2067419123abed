import ArgumentParser
import Foundation
import Labs
import Reports

/// `esash lab`: exercises on an appliance of their own.
struct LabCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Train on an appliance of its own, and have the result checked.",
    subcommands: [
      List.self, LabStart.self, Status.self, Hint.self, LabCheckCommand.self, Explain.self,
      Reset.self, Solution.self, LabInject.self, LabAdvance.self, LabReportCommand.self,
      LabProve.self,
    ])

  /// `esash lab list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Print the labs and what was reached.")

    @OptionGroup var place: LabPlace

    func run() throws {
      let language = try place.language()
      let catalogue = try place.labsThereAre()
      let rows =
        catalogue.labs.compactMap { lab in row(lab.name, language) { place.begun(lab) } }
        + place.exams.names.compactMap { name in
          row(name, language) { try place.exam(named: name, of: catalogue) }
        }
      let columns = AlignedColumns(fitting: rows)
      for row in rows {
        let head = columns.line([row[0], row[1], ""])
        print(Layout.standardOutput.paragraph(row[2], behind: head))
      }
    }

    /// A row; of a lab whose file is damaged it says so.
    ///
    /// - Parameter lab: nil for one that is not to be listed.
    private func row(
      _ name: String, _ language: Language, _ lab: () throws -> BegunLab?
    ) -> [String]? {
      do {
        return try lab().map { try row($0, language) }
      } catch {
        return [name, "?", "\(error)"]
      }
    }

    private func row(_ begun: BegunLab, _ language: Language) throws -> [String] {
      let progress = try begun.progress()
      let mark = progress.map { "\($0.passed.count)/\($0.checks)" } ?? "·"
      if progress?.isSecret == true { return [begun.name, mark, LabInject.title[language]] }
      let description = begun.lab.description
      let facts = (description.guide + ["\(description.minutes) min"]).joined(separator: ", ")
      return [begun.name, mark, "\(description.title[language]) (\(facts))"]
    }
  }

  /// `esash lab status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Print the goal, and what held when it was checked last.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      let language = try place.language()
      print(try begun.goal(in: language))
      guard let progress = try begun.progress() else { return }
      let names = begun.lab.description.checkNames(in: language, isSecret: progress.isSecret)
      for (number, name) in names.enumerated() {
        print("\(ClassReport.mark(progress.hasPassed(number))) \(name)")
      }
      print(ProgressBar(of: progress).text)
    }
  }

  /// `esash lab hint`.
  struct Hint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hint", abstract: "Print the next hint; each says more than the one before.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      guard var progress = try begun.progress() else { return }
      guard !progress.isSecret else { throw CouldNotRun("An exam has no hints.") }
      let hints = begun.lab.description.hints
      let number = min(progress.hints, hints.count - 1)
      let hint = "\(number + 1)/\(hints.count) \(hints[number][try place.language()])"
      print(Layout.standardOutput.paragraph(hint))
      progress.hints = number + 1
      try begun.record(progress)
    }
  }

  /// `esash lab explain`.
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "After the lab was solved: what would have told most quickly.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      guard let progress = try begun.progress(), progress.solved != nil else {
        throw CouldNotRun("The lab \(begun.name) is not solved yet.")
      }
      let (language, description) = (try place.language(), begun.lab.description)
      if progress.isExam { print("\(begun.lab.name): \(description.title[language])") }
      print(Layout.standardOutput.paragraph(description.explanation[language]))
    }
  }

  /// `esash lab reset`.
  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset", abstract: "Forget a lab and its appliance; the next start begins anew.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab, or the exam.") var name: String

    func run() async throws {
      try await place.alone { try place.labFolder(named: name).forget() }
    }
  }

  /// `esash lab solution`.
  struct Solution: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "solution",
      abstract: "Print the model solution, a session.")

    @OptionGroup var place: LabPlace
    @Argument(help: "The lab (default: the one begun last).") var name: String?

    func run() throws {
      let begun = try place.begun(named: name)
      guard try begun.progress()?.isSecret != true else {
        throw CouldNotRun("The solution of an exam is shown when it is passed.")
      }
      let solution = begun.lab.solution
      try CommandFiles.write(CommandFiles.read(solution.path), to: nil)
      note("esash replay --allow-sh '\(solution.path)' plays it.")
      guard var progress = try begun.progress() else { return }
      progress.wasShown = true
      try begun.record(progress)
    }
  }
}
