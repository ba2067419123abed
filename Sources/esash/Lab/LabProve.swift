import ArgumentParser
import Labs
import Reports

/// `esash lab prove`: for those who write labs.
struct LabProve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Play a lab's own sessions: does the start fail, the solution pass?",
    discussion: "Status: 0 all is so, 1 something is not, 2 a lab cannot be read.")

  @OptionGroup var place: LabPlace
  @Argument(help: "The labs (default: all of the catalogue).") var names: [String] = []

  func run() async throws {
    let catalogue = try place.labsThereAre()
    let labs = names.isEmpty ? catalogue.labs : try names.map(catalogue.lab(named:))
    let layout = Layout.standardOutput
    var isProved = true
    for lab in labs {
      // A goal that is missing is told before anything is played.
      for language in Language.allCases { _ = try orCouldNotRun { try lab.goal(in: language) } }
      for part in LabProof.Part.allCases {
        if part == .mistake, lab.description.mistake == nil { continue }
        let faults = await faults(of: part, of: lab, layout)
        let mark = faults.isEmpty ? layout.ink("✔", .good) : layout.ink("✘", .bad)
        print("\(mark) \(lab.name): \(part.rawValue)")
        for fault in faults { print(fault) }
        isProved = isProved && faults.isEmpty
      }
    }
    if !isProved { throw ExitCode(1) }
  }

  /// What is to be said of a part that does not hold; where a session shows something else, its
  /// report.
  private func faults(of part: LabProof.Part, of lab: Lab, _ layout: Layout) async -> [String] {
    do {
      return try await LabProof(lab: lab).faults(of: part).map { layout.paragraph($0, indent: 2) }
    } catch {
      return ["\(error)"]
    }
  }
}
