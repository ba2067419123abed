import Foundation
import TestSupport
import Testing
import Yams

@testable import Labs

enum YAMLCheck {
  static func decode(_ yaml: String) throws -> LabCheck {
    try YAMLDecoder().decode(LabCheck.self, from: yaml)
  }
}

/// What is wrong with a lab's files is said in a sentence that names the place.
struct DescriptionTests {
  private static let whole = """
    title: {en: A, ja: あ}
    guide: [G1]
    minutes: 5
    checks:
      - {name: {en: a, ja: b}, pass: {en: a, ja: b}, fail: {en: a, ja: b}, file: x}
    hints: [{en: a, ja: b}]
    explain: {en: a, ja: b}

    """

  @Test func aWholeOneIsRead() throws {
    let description = try LabDescription(yaml: Self.whole)
    #expect(description.title[.japanese] == "あ")
    #expect(description.checks.count == 1 && description.peers.isEmpty)
    #expect(!description.movesCalendar && !description.isOutage && description.start == nil)
  }

  @Test(
    "Faults",
    arguments: [
      ("minutes: 5\n", "", "\"minutes\" is missing at the top."),
      ("ja: あ", "de: A", "\"ja\" is missing at title."),
      ("file: x", "flie: x", "A check has at least one condition."),
      ("file: x", "file: '('", "\"(\" is no regular expression."),
      ("hints: [{en: a, ja: b}]", "hints: []", "A lab has at least one check and one hint."),
      ("minutes: 5\n", "minutes: 5\noutage: true\n", "An outage has a complaint."),
      ("name: {en: a, ja: b}, pass", "pass", "\"name\" is missing at checks > item 1."),
    ])
  func faults(_ text: String, _ replacement: String, _ sentence: String) throws {
    let yaml = Self.whole.replacing(text, with: replacement)
    #expect(yaml != Self.whole)
    #expect(throws: LabError(sentence)) { try LabDescription(yaml: yaml) }
  }

  @Test(
    "The language of an environment",
    arguments: [
      (["LANG": "ja_JP.UTF-8"], Language.japanese), (["LANG": "C"], .english), ([:], .english),
      (["LC_ALL": "", "LANG": "ja"], .japanese),
      (["LC_ALL": "en_US.UTF-8", "LANG": "ja_JP"], .english),
      (["LC_MESSAGES": "ja_JP", "LANG": "en"], .japanese), (["LANG": "fr_FR"], .english),
    ])
  func language(_ environment: [String: String], _ language: Language) {
    #expect(Language.preferred(in: environment) == language)
  }
}
