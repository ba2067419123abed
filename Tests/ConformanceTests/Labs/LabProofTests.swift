import Dialogue
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

  @Test(arguments: names, LabProof.Part.allCases)
  func itIsWhatItSays(_ name: String, _ part: LabProof.Part) async throws {
    let lab = try Self.catalogue.get()[name]
    let faults = try await LabProof(lab: lab, program: try esashBinary).faults(of: part)
    #expect(faults.isEmpty, "\(faults)")
  }

  @Test(arguments: names) func itKnowsATypicalMistake(_ name: String) throws {
    let lab = try Self.catalogue.get()[name]
    #expect(try !#require(lab.description.mistake).fails.isEmpty)
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
