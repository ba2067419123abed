import ArgumentParser
import Foundation
import Labs

/// `esash lab report`: what a class has reached.
struct LabReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Print what learners have reached: a row each.",
    discussion: "Each DIR is a learner's folder of labs, as --labs names it; its name is the row's."
  )

  @OptionGroup var place: LabPlace
  @Flag(name: .long, help: "Print JSON.") var json = false
  @Option(name: .long, help: "Write a page to this file.") var html: String?
  @Argument(help: "The learners' folders (default: one's own).") var folders: [String] = []

  func run() throws {
    let catalogue = try place.labsThereAre()
    let folders = folders.isEmpty ? [place.folder] : folders.map { URL(fileURLWithPath: $0) }
    for folder in folders where !FileManager.default.fileExists(atPath: folder.path) {
      throw CouldNotRun("There is no folder \(folder.path).")
    }
    let report = ClassReport(folders, catalogue, try place.language())
    for trouble in report.troubles { note(trouble) }
    if let html { try CommandFiles.write(Array(report.html.utf8), to: html) }
    if json {
      print(try report.json)
    } else if html == nil {
      print(report.text, terminator: "")
    }
  }
}
