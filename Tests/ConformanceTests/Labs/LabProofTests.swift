import Foundation
import Labs
import Reports
import TestSupport
import Testing

@testable import esash

/// Each lab is what it says: nobody passes without doing anything, the model solution passes, and
/// who does what many do wrong is told so.
@Suite(.serialized) struct LabProofTests {
  /// Read once: that takes a while.
  static let catalogue = Result { try Catalogue.bundled(with: executablePath) }
  static let names = (try? catalogue.get().labs.map(\.name)) ?? []

  @Test func thereAreLabs() throws {
    #expect(try !Self.catalogue.get().labs.isEmpty)
  }

  @Test(arguments: names) func theUntouchedStartFails(_ name: String) async throws {
    let lab = try Self.catalogue.get()[name]
    let directory = try TemporaryDirectory()
    let begun = BegunLab(
      lab: lab, folder: URL(filePath: directory.path(lab.name)), program: try esashBinary)
    try await begun.begin()
    let results = try await begun.check()
    for (check, result) in zip(lab.description.checks, results) {
      #expect(
        result.isPassed == check.holdsAtStart, "\(check.name[.english]): \(result.observed)")
    }
  }

  @Test(arguments: names) func theSolutionPasses(_ name: String) async throws {
    let lab = try Self.catalogue.get()[name]
    let directory = try TemporaryDirectory()
    let begun = BegunLab(
      lab: lab, folder: URL(filePath: directory.path(lab.name)), program: try esashBinary)
    try await begun.play(lab.solution)
    for (check, result) in zip(lab.description.checks, try await begun.check()) {
      #expect(result.isPassed, "\(check.name[.english]): \(result.observed)")
    }
  }

  @Test(arguments: names) func aTypicalMistakeIsTold(_ name: String) async throws {
    let lab = try Self.catalogue.get()[name]
    let mistake = try #require(lab.description.mistake)
    let directory = try TemporaryDirectory()
    let begun = BegunLab(
      lab: lab, folder: URL(filePath: directory.path(lab.name)), program: try esashBinary)
    try await begun.play(lab.folder.appending(path: mistake.session))
    let results = try await begun.check()
    let failed = results.indices.filter { !results[$0].isPassed }.map { $0 + 1 }
    #expect(failed == mistake.fails, "\(results.map(\.observed))")
  }

  @Test(arguments: names, Language.allCases)
  func everyTextIsThere(_ name: String, _ language: Language) throws {
    let lab = try Self.catalogue.get()[name]
    let description = lab.description
    let texts =
      [description.title, description.explanation] + description.hints
      + description.checks.flatMap { [$0.name, $0.pass, $0.fail] }
      + (description.complaint.map { [$0] } ?? [])
    for text in texts {
      #expect(!text[language].isEmpty)
      if language == .japanese { #expect(!hasLooseBlank(text[language]), "\(text[language])") }
    }
    let goal = try lab.goal(in: language)
    #expect(goal.hasPrefix("# "))
    #expect(goal.split(separator: "\n").allSatisfy { $0.screenWidth <= 80 })
  }

  /// Whether a blank stands between two wide characters, or behind a full stop, as YAML puts one
  /// there when it joins lines.
  private func hasLooseBlank(_ text: String) -> Bool {
    let parts = text.split(separator: " ")
    return zip(parts, parts.dropFirst()).contains { before, after in
      before.hasSuffix("。")
        || (before.suffix(1).screenWidth == 2 && after.prefix(1).screenWidth == 2)
    }
  }
}
